using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>A year counts as 12 months, a month as 30.4375 days; rounded once, half away from zero.</summary>
public sealed class MonthlyAmountTests
{
    [Theory]
    [InlineData(2990, 1, IntervalUnit.Month, 2990)]
    [InlineData(2990, 3, IntervalUnit.Month, 997)]
    [InlineData(1000, 6, IntervalUnit.Month, 167)]
    [InlineData(12_000, 1, IntervalUnit.Year, 1000)]
    [InlineData(9_990, 1, IntervalUnit.Year, 833)]
    [InlineData(9_990, 2, IntervalUnit.Year, 416)]
    [InlineData(1000, 1, IntervalUnit.Week, 4348)]
    [InlineData(1000, 2, IntervalUnit.Week, 2174)]
    [InlineData(1000, 1, IntervalUnit.Day, 30_438)]
    [InlineData(1000, 30, IntervalUnit.Day, 1015)]
    [InlineData(0, 1, IntervalUnit.Day, 0)]
    [InlineData(OrleansBilling.Domain.Billing.Money.OfferAmountMax, 1, IntervalUnit.Day, 3_043_749_999_970)]
    public void The_price_of_a_month(long amount, int count, IntervalUnit unit, long monthly) =>
        Assert.Equal(monthly, RecurringRevenue.Monthly(amount, new BillingInterval(unit, count)));

    [Theory]
    [InlineData("1970-01-01T00:00", 0)]
    [InlineData("1969-12-31T23:59", -1)]
    [InlineData("2024-01-31T23:59", 19_753)]
    [InlineData("2024-02-01T00:00", 19_754)]
    public void Days_are_counted_in_utc(string at, int day) => Assert.Equal(day, StatisticDelta.DayOf(When.Utc(at)));
}
