using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// Who came and who left: over a period as a whole, month by month, or day by day. All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer, and
/// <see cref="StatisticsRebuildingException"/> while counters are being recounted.
/// </summary>
public static class CancellationReport
{
    /// <summary>The most rows of a report that is broken down by group.</summary>
    public const int GroupedRowsMax = 10_000;

    /// <summary>The period as a whole.</summary>
    public static async ValueTask<CancellationFigures> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Range, cancellationToken);
        return CancellationSeries.Sum(rows, [period])[0];
    }

    /// <summary>Each day, oldest first.</summary>
    public static async ValueTask<IReadOnlyList<PeriodCancellations>> ReadDaysAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Day, cancellationToken);
        return Pair(period.Days(), "", rows);
    }

    /// <summary>Each calendar month, oldest first; the first and the last are cut to what belongs to the period.</summary>
    public static async ValueTask<IReadOnlyList<PeriodCancellations>> ReadMonthsAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Month, cancellationToken);
        return Pair(period.Months(), "", rows);
    }

    /// <summary>The same for each group, by its id; null for more than <see cref="GroupedRowsMax"/> rows.</summary>
    public static async ValueTask<IReadOnlyList<PeriodCancellations>?> ReadMonthsByGroupAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, StatisticsGrouping grouping,
        CancellationToken cancellationToken)
    {
        var months = period.Months();
        if (await CountGroupsAsync(statistics, filter, period, grouping, cancellationToken) * months.Count > GroupedRowsMax) return null;
        var rows = await statistics.ReadAsync(
            filter, CancellationFigures.Metrics, period, StatisticsStep.Month, grouping, cancellationToken);
        return [.. rows.GroupBy(row => row.Group, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Pair(months, group.Key, group))];
    }

    /// <summary>How many groups there are, from the least that tells; whoever was there came or went once.</summary>
    private static async ValueTask<int> CountGroupsAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, StatisticsGrouping grouping,
        CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(
            filter, [StatisticMetric.New, StatisticMetric.TrialsLost, StatisticMetric.NeverPaid], period, StatisticsStep.Range,
            grouping, cancellationToken);
        return rows.Select(row => row.Group).Distinct(StringComparer.Ordinal).Count();
    }

    private static IReadOnlyList<PeriodCancellations> Pair(
        IReadOnlyList<StatisticPeriod> periods, string group, IEnumerable<StatisticRow> rows) =>
        [.. CancellationSeries.Sum(rows, periods).Select((figures, n) => new PeriodCancellations(periods[n], group, figures))];
}

/// <summary>Who came and who left in one period of a series.</summary>
/// <param name="Period">The period.</param>
/// <param name="Group">The group's id where they are broken down; otherwise empty.</param>
/// <param name="Figures">The figures.</param>
public sealed record PeriodCancellations(StatisticPeriod Period, string Group, CancellationFigures Figures);
