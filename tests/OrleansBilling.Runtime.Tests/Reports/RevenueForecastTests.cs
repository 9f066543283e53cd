using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

/// <summary>How often a plan renews in a month of which only that of the next renewal is known, seen from 2024-03-22.</summary>
public sealed class RevenueForecastTests
{
    private static readonly LocalDate Today = new(2024, 3, 22);
    private static readonly int March = StatisticDelta.MonthOf(Today);

    [Theory]
    [InlineData(IntervalUnit.Month, 1, 0, "1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(IntervalUnit.Month, 1, 1, "0 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(IntervalUnit.Month, 3, 2, "0 0 1 0 0 1 0 0 1 0 0 1 0")]
    [InlineData(IntervalUnit.Year, 1, 0, "1 0 0 0 0 0 0 0 0 0 0 0 1")]
    [InlineData(IntervalUnit.Year, 2, 1, "0 1 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData(IntervalUnit.Week, 26, 1, "0 1 0 0 0 0 0 1 0 0 0 0 0")]
    [InlineData(IntervalUnit.Day, 90, 0, "1 0 0 1 0 0 1 0 0 1 0 0 1")]
    [InlineData(IntervalUnit.Week, 10, 0, "1 0 1 0 0 1 0 1 0 1 0 1 0")]
    public void Months_years_and_long_stretches_repeat_one_by_one(IntervalUnit unit, int count, int next, string renewals) =>
        Assert.Equal(renewals, Renewals(new BillingInterval(unit, count), next, null));

    [Theory]
    [InlineData(IntervalUnit.Day, 0, "8.84 30.44 30.44")]
    [InlineData(IntervalUnit.Week, 0, "1.26 4.35 4.35")]
    [InlineData(IntervalUnit.Week, 1, "0 4.35 4.35")]
    public void Short_stretches_renew_on_average_and_in_the_present_month_by_what_is_left_of_it(
        IntervalUnit unit, int next, string renewals) =>
        Assert.Equal(renewals, Renewals(new BillingInterval(unit, 1), next, null)[..renewals.Length]);

    [Fact]
    public void The_renewal_that_is_at_hand_counts_whole() =>
        Assert.Equal("1 2.17 2.17", Renewals(new BillingInterval(IntervalUnit.Week, 2), 0, null)[..11]);

    [Fact]
    public void What_is_late_comes_in_the_present_month() =>
        Assert.Equal("1 0 0 1 0 0 1 0 0 1 0 0 1", Renewals(new BillingInterval(IntervalUnit.Month, 3), -1, null));

    [Theory]
    [InlineData(IntervalUnit.Month)]
    [InlineData(IntervalUnit.Week)]
    public void Of_a_fixed_number_only_the_next_is_certain(IntervalUnit unit) =>
        Assert.Equal("0 1 0 0 0 0 0 0 0 0 0 0 0", Renewals(new BillingInterval(unit, 1), 1, 12));

    [Fact]
    public void Amounts_are_rounded_once_for_each_month_and_currency()
    {
        var weekly = Plan("weekly", new BillingInterval(IntervalUnit.Week, 1), null);
        var daily = Plan("daily", new BillingInterval(IntervalUnit.Day, 1), null);
        StatisticRow[] book = [
            Row("BRL", "weekly", 1, 1), Row("BRL", "daily", 1, 1), Row("JPY", "daily", 1, 100), Row("USD", "daily", 1, 0)];
        var churn = new RecentChurn(RecentChurn.PeriodTo(Today), Canceled: 100, Involuntary: 0, CurrentAtStart: 90, New: 8, Reactivated: 2);

        // 4.348… + 30.4375 and not 4 + 30. Whoever was there left: nobody is expected to stay.
        var forecast = RevenueForecast.Project(
            book, new Dictionary<string, Plan> { ["weekly"] = weekly, ["daily"] = daily }, churn, Today, 2);
        Assert.Equal(
            [("2024-03", "BRL", 0, 0), ("2024-03", "JPY", 0, 0), ("2024-04", "BRL", 35, 0), ("2024-04", "JPY", 3_044, 0)],
            forecast.Select(month => (StatisticPeriod.NameOf(month.Day), month.Currency, month.Contracted, month.Expected)));
        Assert.Equal((1, 1), (churn.Rate, churn.Monthly));
    }

    [Fact]
    public void What_is_paid_in_parts_comes_part_by_part()
    {
        var yearly = Plan("yearly", new BillingInterval(IntervalUnit.Year, 1), null) with { Installments = 12 };
        var nobodyLeaves = new RecentChurn(RecentChurn.PeriodTo(Today), 0, 0, 1, 0, 0);
        StatisticRow[] book =
        [
            Row("BRL", "yearly", 2, 12_000), Row("BRL", "yearly", -1, 900, StatisticMetric.PartsToCome),
            Row("BRL", "yearly", 1, 1_000, StatisticMetric.PartsToCome),
        ];

        // A part that is late is still to come; in May the next year's parts begin.
        Assert.Equal(
            [900, 1_000, 1_000, 1_000],
            RevenueForecast.Project(book, new Dictionary<string, Plan> { ["yearly"] = yearly }, nobodyLeaves, Today, 4)
                .Select(month => month.Contracted));
    }

    private static StatisticRow Row(
        string currency, string plan, int next, long amount, StatisticMetric metric = StatisticMetric.StandingBook) =>
        new(0, currency, plan, metric, March + next, amount);

    private static string Renewals(BillingInterval interval, int next, int? recurrences)
    {
        var pattern = new RenewalPattern(Today);
        var plan = Plan("plan", interval, recurrences);
        return string.Join(' ', Enumerable.Range(0, 13).Select(n => $"{pattern.Count(plan, March + next, March + n):0.##}"));
    }

    private static Plan Plan(string id, BillingInterval interval, int? recurrences) =>
        new(id, "product", id, interval, 0, recurrences, null);
}
