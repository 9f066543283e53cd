using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
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
    private const int PlanReadsAtOnce = 8;

    /// <summary>A renewal is late only for as long as nothing runs that would do it.</summary>
    private const int LateMonthsMax = 1;

    private static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.StandingBook, StatisticMetric.PartsToCome];

    /// <summary>The forecast of so many months, the present one first, with the churn of late.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<Forecast> ReadAsync(
        IStatisticsStore statistics, CatalogCache catalog, StatisticsFilter filter, LocalDate today, int months,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var churn = await RecentChurn.ReadAsync(statistics, filter, today, cancellationToken);

        // What was renewed long ago is not asked for.
        var late = filter with { SliceFrom = StatisticDelta.MonthOf(today) - LateMonthsMax };
        var book = await statistics.ReadAsync(
            late, Metrics, StatisticPeriod.StandingOn(today), StatisticsStep.Range, StatisticsGrouping.Plan, cancellationToken);
        var plans = await PlansOfAsync(catalog, book, cancellationToken);
        return new Forecast(today, churn, Project(book, plans, churn, today, months));
    }

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

    /// <summary>Plans never change, so each is read once in the life of the process.</summary>
    private static async ValueTask<IReadOnlyDictionary<string, Plan>> PlansOfAsync(
        CatalogCache catalog, IReadOnlyList<StatisticRow> book, CancellationToken cancellationToken)
    {
        var plans = new ConcurrentDictionary<string, Plan>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = PlanReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            book.Select(row => row.Group).Distinct(StringComparer.Ordinal), options, async (id, token) =>
            plans[id] = await catalog.FindPlanAsync(id, token)
                ?? throw new InvalidOperationException($"Plan '{id}' has a standing book, but is not stored."));
        return plans;
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

/// <summary>What the standing book will bring.</summary>
/// <param name="AsOf">The day from which it is looked ahead.</param>
/// <param name="Churn">How fast subscribers leave.</param>
/// <param name="Months">By month, then currency.</param>
public sealed record Forecast(LocalDate AsOf, RecentChurn Churn, IReadOnlyList<ForecastMonth> Months);

/// <summary>What one month brings, in minor units.</summary>
/// <param name="Day">A day in the month.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Contracted">As if everybody stayed.</param>
/// <param name="Expected">Less who will have left.</param>
public readonly record struct ForecastMonth(LocalDate Day, string Currency, Int128 Contracted, Int128 Expected);
