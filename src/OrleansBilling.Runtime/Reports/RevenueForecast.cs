using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// What the standing book brings in the coming months, the one definition: the price, net of the discounts that hold for it
/// and before usage and tax, of each subscriber's next recurrence in the month of that renewal, repeated by its plan's
/// interval, and the parts of invoices that are still to be paid, as if everybody stayed (contracted); and less those who
/// will have left by the churn of late (expected). Trials, pauses and whoever has canceled for the end of the period are
/// not in the book; a plan change counts once it has happened.
/// </summary>
public static class RevenueForecast
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.StandingBook, StatisticMetric.PartsToCome];

    /// <summary>The forecast of so many months, the present one first; by month, then currency.</summary>
    /// <param name="book">The standing book as of today, by plan.</param>
    /// <param name="plans">The plans in it.</param>
    /// <param name="churn">How fast subscribers leave.</param>
    /// <param name="today">The day from which it is looked ahead.</param>
    /// <param name="months">How many months.</param>
    public static IReadOnlyList<ForecastMonth> Project(
        IReadOnlyList<StatisticRow> book, IReadOnlyDictionary<string, Plan> plans, RecentChurn churn, LocalDate today, int months)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(churn);
        var pattern = new RenewalPattern(today);
        var present = StatisticDelta.MonthOf(today);
        var currencies = new SortedDictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var row in book)
        {
            if (row.Value == 0) continue;
            if (!currencies.TryGetValue(row.Currency, out var contracted)) currencies[row.Currency] = contracted = new decimal[months];
            if (row.Metric == StatisticMetric.PartsToCome) AddPart(row, present, contracted);
            else AddRenewals(row, plans[row.Group], pattern, present, contracted);
        }

        var shown = new List<ForecastMonth>(months * currencies.Count);
        for (var n = 0; n < months; n++)
        {
            foreach (var (currency, contracted) in currencies)
                shown.Add(
                    new ForecastMonth(today.PlusMonths(n), currency, Rounded(contracted[n]), Rounded(contracted[n] * churn.Staying(n))));
        }

        return shown;
    }

    /// <summary>A part that is late is still to come in the present month.</summary>
    private static void AddPart(in StatisticRow row, int present, decimal[] contracted)
    {
        var offset = Math.Max(row.Slice!.Value - present, 0);
        if (offset < contracted.Length) contracted[offset] += (decimal)row.Value;
    }

    /// <summary>A recurrence that is paid in parts brings them month by month.</summary>
    private static void AddRenewals(in StatisticRow row, Plan plan, RenewalPattern pattern, int present, decimal[] contracted)
    {
        var parts = Math.Max(1, plan.Installments);
        for (var n = 0; n < contracted.Length; n++)
        {
            var comes = pattern.Count(plan, row.Slice!.Value, present + n) * (decimal)row.Value / parts;
            if (comes == 0) continue;
            for (var part = 0; part < parts && n + part < contracted.Length; part++) contracted[n + part] += comes;
        }
    }

    private static Int128 Rounded(decimal amount) => (Int128)Math.Round(amount, MidpointRounding.AwayFromZero);
}

/// <summary>What one month brings, in minor units.</summary>
/// <param name="Day">A day in the month.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Contracted">As if everybody stayed.</param>
/// <param name="Expected">Less who will have left.</param>
public readonly record struct ForecastMonth(LocalDate Day, string Currency, Int128 Contracted, Int128 Expected);
