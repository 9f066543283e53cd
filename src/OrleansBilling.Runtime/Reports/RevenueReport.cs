using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How monthly recurring revenue changed, by month and currency. Start and end come from the gauge, not from summing the
/// movements.
/// </summary>
public sealed class RevenueReport
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.MonthlyRecurringRevenue,
        StatisticMetric.RevenueNew, StatisticMetric.RevenueExpansion, StatisticMetric.RevenueContraction, StatisticMetric.RevenueChurn,
        StatisticMetric.RevenueCompleted, StatisticMetric.RevenueReactivation, StatisticMetric.RevenuePaused,
        StatisticMetric.RevenueResumed, StatisticMetric.RevenueMoved,
    ];

    private readonly Dictionary<StatisticMetric, Int128>[] months;
    private Int128 opening;

    private RevenueReport(int count)
    {
        months = new Dictionary<StatisticMetric, Int128>[count];
        for (var n = 0; n < count; n++) months[n] = [];
    }

    /// <summary>
    /// Reads the movements of each month and currency that had or has recurring revenue, ordered by month and then by
    /// currency.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<IReadOnlyList<RevenueMonth>> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, Metrics, period, StatisticsStep.Month, cancellationToken);
        var periods = period.Months();
        var currencies = new SortedDictionary<string, RevenueReport>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!currencies.TryGetValue(row.Currency, out var report)) currencies[row.Currency] = report = new RevenueReport(periods.Count);
            report.Add(row, periods);
        }

        var shown = new List<RevenueMonth>(periods.Count * currencies.Count);
        for (var n = 0; n < periods.Count; n++)
        {
            foreach (var (currency, report) in currencies) shown.Add(report.Next(n, periods[n], currency));
        }

        return shown;
    }

    private void Add(in StatisticRow row, IReadOnlyList<StatisticPeriod> periods)
    {
        if (row.Day >= periods[0].FromDay)
        {
            var month = months[StatisticPeriod.IndexOf(periods, row.Day)];
            month[row.Metric] = month.GetValueOrDefault(row.Metric) + row.Value;
        }
        else if (row.Metric == StatisticMetric.MonthlyRecurringRevenue)
        {
            opening += row.Value;
        }
    }

    /// <summary>Must be called in the order of the months, because each month starts where the previous one ended.</summary>
    private RevenueMonth Next(int n, StatisticPeriod period, string currency)
    {
        var start = opening;
        opening += Of(StatisticMetric.MonthlyRecurringRevenue);
        return new RevenueMonth(period, currency, start, opening)
        {
            New = Of(StatisticMetric.RevenueNew),
            Expansion = Of(StatisticMetric.RevenueExpansion),
            Contraction = Of(StatisticMetric.RevenueContraction),
            Churn = Of(StatisticMetric.RevenueChurn),
            Completed = Of(StatisticMetric.RevenueCompleted),
            Reactivation = Of(StatisticMetric.RevenueReactivation),
            Paused = Of(StatisticMetric.RevenuePaused),
            Resumed = Of(StatisticMetric.RevenueResumed),
            Moved = Of(StatisticMetric.RevenueMoved),
        };

        Int128 Of(StatisticMetric metric) => months[n].GetValueOrDefault(metric);
    }
}
