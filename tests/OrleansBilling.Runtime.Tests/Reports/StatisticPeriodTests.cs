using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

public sealed class StatisticPeriodTests
{
    [Fact]
    public void The_first_and_the_last_month_are_cut_to_the_period() => Assert.Equal(
        ["2024-01: 15 to 31", "2024-02: 1 to 29", "2024-03: 1 to 1"],
        new StatisticPeriod(new LocalDate(2024, 1, 15), new LocalDate(2024, 3, 1)).Months()
            .Select(month => $"{month.Month}: {month.From.Day} to {month.To.Day}"));

    [Fact]
    public void A_period_within_a_month_is_one_month()
    {
        var period = new StatisticPeriod(new LocalDate(2024, 2, 10), new LocalDate(2024, 2, 20));
        Assert.Equal([period], period.Months());
        Assert.Equal(11, period.Days().Count);
        Assert.Equal(new LocalDate(2024, 2, 1), period.FromFirstOfMonth.From);
        Assert.Equal(period.To, period.FromFirstOfMonth.To);
    }

    [Fact]
    public void A_day_belongs_to_its_month_and_what_lies_before_to_the_first()
    {
        var months = new StatisticPeriod(new LocalDate(2024, 1, 15), new LocalDate(2024, 3, 10)).Months();
        Assert.Equal(
            [0, 0, 0, 1, 2],
            ((LocalDate[])[new(2023, 1, 1), new(2024, 1, 15), new(2024, 1, 31), new(2024, 2, 1), new(2024, 3, 10)])
                .Select(day => StatisticPeriod.IndexOf(months, StatisticDelta.DayOf(day))));
    }
}
