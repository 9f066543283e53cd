using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// The one definition of the revenue that the present book brings in the coming months. Contracted, as if everyone stayed,
/// is each subscriber's next recurrence in the month of its renewal, repeated by its plan's interval, plus the unpaid parts
/// of invoices. Prices are net of the discounts that apply, before usage and tax. Expected also subtracts those who will
/// have left at the recent churn. Trials, pauses and subscriptions with a scheduled cancellation are not in the book. A
/// plan change counts after it has happened.
/// </summary>
public static class RevenueForecast
{
    private const int PlanReadsAtOnce = 8;

    /// <summary>A renewal can only be late while nothing runs that would bill it.</summary>
    private const int LateMonthsMax = 1;

    private static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.StandingBook, StatisticMetric.PartsToCome];

    /// <summary>Reads the forecast for a number of months, starting with the present one, together with the recent churn.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<Forecast> ReadAsync(
        IStatisticsStore statistics, CatalogCache catalog, StatisticsFilter filter, LocalDate today, int months,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var churn = await RecentChurn.ReadAsync(statistics, filter, today, cancellationToken);

        // The filter skips renewals of earlier months.
        var late = filter with { SliceFrom = StatisticDelta.MonthOf(today) - LateMonthsMax };
        var book = await statistics.ReadAsync(
            late, Metrics, StatisticPeriod.StandingOn(today), StatisticsStep.Range, StatisticsGrouping.Plan, cancellationToken);
        var plans = await PlansOfAsync(catalog, book, cancellationToken);
        return new Forecast(today, churn, Project(book, plans, churn, today, months));
    }

    /// <summary>
    /// Computes the forecast for a number of months, starting with the present one, ordered by month and then by currency.
    /// </summary>
    /// <param name="book">The present book, by plan.</param>
    /// <param name="plans">All plans in the book, by id.</param>
    /// <param name="today">The first day of the forecast.</param>
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

    /// <summary>The interval of a plan never changes, so each is read once in the life of the process.</summary>
    private static async ValueTask<IReadOnlyDictionary<string, Plan>> PlansOfAsync(
        CatalogCache catalog, IReadOnlyList<StatisticRow> book, CancellationToken cancellationToken)
    {
        var plans = new ConcurrentDictionary<string, Plan>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = PlanReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            book.Select(row => row.Group).Distinct(StringComparer.Ordinal), options, async (id, token) =>
            plans[id] = await catalog.FindPlanAsync(id, token)
                ?? throw new InvalidOperationException($"Plan '{id}' has subscribers in the book but is not stored."));
        return plans;
    }

    /// <summary>A late part counts in the present month.</summary>
    private static void AddPart(in StatisticRow row, int present, decimal[] contracted)
    {
        var offset = Math.Max(row.Slice!.Value - present, 0);
        if (offset < contracted.Length) contracted[offset] += (decimal)row.Value;
    }

    /// <summary>A recurrence paid in installments brings one part a month.</summary>
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

/// <summary>The revenue forecast of the present book.</summary>
/// <param name="AsOf">The first day of the forecast.</param>
/// <param name="Months">Ordered by month, then by currency.</param>
public sealed record Forecast(LocalDate AsOf, RecentChurn Churn, IReadOnlyList<ForecastMonth> Months);

/// <summary>The forecast of one month, in minor units.</summary>
/// <param name="Day">A day in the month.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Contracted">Revenue as if everyone stayed.</param>
/// <param name="Expected">Contracted revenue without those who will have left.</param>
public readonly record struct ForecastMonth(LocalDate Day, string Currency, Int128 Contracted, Int128 Expected);
