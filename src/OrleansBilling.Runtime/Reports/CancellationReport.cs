using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// Gains and losses for a period as a whole, by month or by day. All methods throw
/// <see cref="JournalUnavailableException"/> if the database does not answer, and
/// <see cref="StatisticsRebuildingException"/> while counters are being recounted.
/// </summary>
public static class CancellationReport
{
    /// <summary>The most rows of a report by group.</summary>
    public const int GroupedRowsMax = 10_000;

    /// <summary>Reads the period as a whole.</summary>
    public static async ValueTask<CancellationFigures> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Range, cancellationToken);
        return CancellationSeries.Sum(rows, [period])[0];
    }

    /// <summary>Reads each day, oldest first.</summary>
    public static async ValueTask<IReadOnlyList<PeriodCancellations>> ReadDaysAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Day, cancellationToken);
        return Pair(period.Days(), "", rows);
    }

    /// <summary>Reads each calendar month, oldest first. The first and the last are cut to the period.</summary>
    public static async ValueTask<IReadOnlyList<PeriodCancellations>> ReadMonthsAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, CancellationFigures.Metrics, period, StatisticsStep.Month, cancellationToken);
        return Pair(period.Months(), "", rows);
    }

    /// <summary>
    /// Reads each calendar month of each group, by the group's id. Null if there are more than <see cref="GroupedRowsMax"/>
    /// rows.
    /// </summary>
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

    /// <summary>Counts the groups from a few counters: every subscription has at some time been counted in one of these metrics.</summary>
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

/// <summary>Gains and losses in one period of a series.</summary>
/// <param name="Group">The group's id, or empty in a report without groups.</param>
public sealed record PeriodCancellations(StatisticPeriod Period, string Group, CancellationFigures Figures);
