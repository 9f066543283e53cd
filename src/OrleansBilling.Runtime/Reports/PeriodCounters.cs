using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>Reads the counters of a report: step by step within the period, and the sum of everything before it.</summary>
internal static class PeriodCounters
{
    public static ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        this IStatisticsStore statistics, StatisticsFilter filter, ImmutableArray<StatisticMetric> metrics, StatisticPeriod period,
        StatisticsStep step, CancellationToken cancellationToken) =>
        statistics.ReadAsync(filter, metrics, period, step, StatisticsGrouping.None, cancellationToken);

    public static ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        this IStatisticsStore statistics, StatisticsFilter filter, ImmutableArray<StatisticMetric> metrics, StatisticPeriod period,
        StatisticsStep step, StatisticsGrouping grouping, CancellationToken cancellationToken) =>
        statistics.ReadAsync(
            filter with { Metrics = metrics }, new StatisticsRange(period.FromDay, period.ToDay, step), grouping, cancellationToken);
}
