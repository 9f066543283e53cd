using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

/// <summary>Ten subscribers from before February; in it two come, and three are canceled, one of them by the system.</summary>
public sealed class CancellationReportTests
{
    private static readonly StatisticPeriod February = new(new LocalDate(2024, 2, 1), new LocalDate(2024, 2, 29));
    private static readonly LocalDate Before = new(2024, 1, 20);
    private static readonly LocalDate Within = new(2024, 2, 10);

    [Fact]
    public async Task What_came_before_is_who_was_there_when_it_began()
    {
        var figures = await ReadAsync(Book(), February);
        Assert.Equal((10, 9, 3), (figures.CurrentAtStart, figures.Current, figures.Canceled));
        Assert.Equal((2, 1), (figures.Voluntary, figures.Involuntary));
        Assert.Equal(3.0 / 9, figures.Rate.Value);
        Assert.Equal(3.0 / 10, figures.ChurnOfStart.Value);
        Assert.Equal(new Ratio(3, 12), figures.RollingChurn);
    }

    [Fact]
    public async Task Where_nobody_was_nothing_is_known()
    {
        var figures = await ReadAsync(new Counters(), February);
        Assert.Null(figures.Rate.Value);
        Assert.Null(figures.ChurnOfStart.Value);
        Assert.Null(figures.RollingChurn.Value);
        Assert.Null(figures.LifetimeDays);
        Assert.Null(figures.AveragePaidRecurrences);
        Assert.Null(figures.OnlyCurrency);
        Assert.Empty(figures.Currencies);
    }

    [Fact]
    public async Task Lifetime_value_is_of_one_currency_and_rounded_once()
    {
        var one = await ReadAsync(Book(), February);
        Assert.Equal(("BRL", 334), (one.OnlyCurrency?.Currency, one.OnlyCurrency?.LifetimeValue));
        Assert.Equal((2, 1), (one.LifetimeDays, one.AveragePaidRecurrences));

        var two = await ReadAsync(
            Book().With(Within, StatisticMetric.Cancellations, 1, (int)CancellationOrigin.Customer, "USD")
                .With(Within, StatisticMetric.CanceledCollected, 999, currency: "USD"), February);
        Assert.Null(two.OnlyCurrency);
        Assert.Equal([("BRL", 334), ("USD", 999)], two.Currencies.Select(sums => (sums.Currency, sums.LifetimeValue)));
    }

    [Fact]
    public async Task Months_and_days_begin_where_the_ones_before_ended()
    {
        var period = new StatisticPeriod(new LocalDate(2024, 1, 15), new LocalDate(2024, 3, 5));
        var months = await CancellationReport.ReadMonthsAsync(Book(), new StatisticsFilter(), period, CancellationToken.None);
        Assert.Equal(
            [("2024-01", 0, 10), ("2024-02", 10, 9), ("2024-03", 9, 9)],
            months.Select(month => (month.Period.Month, month.Figures.CurrentAtStart, month.Figures.Current)));
        var days = await CancellationReport.ReadDaysAsync(Book(), new StatisticsFilter(), February, CancellationToken.None);
        Assert.Equal(29, days.Count);
        Assert.Equal([Within], days.Where(day => day.Figures.Canceled != 0).Select(day => day.Period.From));
    }

    [Fact]
    public async Task Groups_follow_one_another_and_have_a_bound()
    {
        var two = new Counters().With(Within, StatisticMetric.New, 2, group: "b").With(Within, StatisticMetric.New, 1, group: "a");
        Assert.Equal(
            [("a", 1), ("b", 2)],
            (await ReadByGroupAsync(two))!.Select(month => (month.Group, month.Figures.New)));

        var many = new Counters();
        for (var n = 0; n <= CancellationReport.GroupedRowsMax; n++) many.With(Within, StatisticMetric.New, 1, group: $"offer_{n}");
        Assert.Null(await ReadByGroupAsync(many));
    }

    private static Counters Book() => new Counters()
        .With(Before, StatisticMetric.Subscribers, 10).With(Before, StatisticMetric.New, 10)
        .With(Within, StatisticMetric.Subscribers, -1).With(Within, StatisticMetric.New, 2)
        .With(Within, StatisticMetric.Cancellations, 2, (int)CancellationOrigin.Customer)
        .With(Within, StatisticMetric.Cancellations, 1, (int)CancellationOrigin.System)
        .With(Within, StatisticMetric.CanceledCollected, 1_001)
        .With(Within, StatisticMetric.CanceledLifetimeSeconds, 6 * 86_400)
        .With(Within, StatisticMetric.CanceledPaidRecurrences, 3);

    private static ValueTask<CancellationFigures> ReadAsync(Counters counters, StatisticPeriod period) =>
        CancellationReport.ReadAsync(counters, new StatisticsFilter(), period, CancellationToken.None);

    private static ValueTask<IReadOnlyList<PeriodCancellations>?> ReadByGroupAsync(Counters counters) =>
        CancellationReport.ReadMonthsByGroupAsync(
            counters, new StatisticsFilter(), February, StatisticsGrouping.Offer, CancellationToken.None);
}
