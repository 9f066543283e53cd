using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>
/// What the standing book brings in the coming months: the list price, before discounts, usage and tax, of each current
/// subscription's next recurrence in the month of that renewal, repeated by its plan's interval as if everybody stayed
/// (contracted), and less those who will have left by the churn of late (expected). Trials, pauses and whoever has
/// cancelled for the end of the period are not in the book; a plan change counts once it has happened.
/// </summary>
internal static class RevenueForecast
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.StandingBook];

    /// <summary>The forecast of so many months, the present one first.</summary>
    /// <param name="book">The standing book as of today, by plan.</param>
    /// <param name="plans">The plans in it.</param>
    /// <param name="churn">How fast customers leave.</param>
    /// <param name="today">The day (UTC) from which it is looked ahead.</param>
    /// <param name="months">How many months.</param>
    public static ForecastDocument Project(
        IReadOnlyList<StatisticRow> book, IReadOnlyDictionary<string, Plan> plans, RecentChurn churn, LocalDate today, int months)
    {
        var pattern = new RenewalPattern(today);
        var first = StatisticDelta.MonthOf(today);
        var currencies = new SortedDictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var row in book)
        {
            if (row.Value == 0) continue;
            if (!currencies.TryGetValue(row.Currency, out var contracted)) currencies[row.Currency] = contracted = new decimal[months];
            for (var n = 0; n < months; n++) contracted[n] += (decimal)row.Value * pattern.Count(plans[row.Group], row.Slice!.Value, first + n);
        }

        var shown = new List<ForecastMonthDocument>(months * currencies.Count);
        for (var n = 0; n < months; n++)
        {
            var month = StatisticPeriod.NameOf(today.PlusMonths(n));
            foreach (var (currency, contracted) in currencies)
                shown.Add(new ForecastMonthDocument(month, currency, Rounded(contracted[n]), Rounded(contracted[n] * churn.Staying(n))));
        }

        return new ForecastDocument(today, churn.Show(), [.. shown]);
    }

    private static Int128 Rounded(decimal amount) => (Int128)Math.Round(amount, MidpointRounding.AwayFromZero);
}
