using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>Why customers leave and payments fail, by month.</summary>
public static class ReasonReport
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.CancellationsByReason, StatisticMetric.TrialsLostByReason, StatisticMetric.NeverPaidByCode,
        StatisticMetric.DeclinesByCode,
    ];

    /// <summary>The reasons of each calendar month; null for more than <see cref="NamedCounters.RowsMax"/> counters.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<IReadOnlyList<MonthReasons>?> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken) =>
        await NamedCounters.ReadAsync(statistics, filter, Metrics, period, StatisticsStep.Month, cancellationToken) is { } counters
            ? Sum(counters, period.Months())
            : null;

    private static IReadOnlyList<MonthReasons> Sum(NamedCounters counters, IReadOnlyList<StatisticPeriod> months)
    {
        var fromDay = months[0].FromDay;
        var counts = counters.Rows.Where(row => row.Day >= fromDay).ToLookup(
            row => (StatisticPeriod.IndexOf(months, row.Day), row.Metric), row => new ReasonCount(counters.NameOf(row), row.Value));
        return [.. months.Select((month, n) => new MonthReasons(
            month,
            Of(n, StatisticMetric.CancellationsByReason),
            Of(n, StatisticMetric.TrialsLostByReason),
            Of(n, StatisticMetric.NeverPaidByCode),
            Of(n, StatisticMetric.DeclinesByCode)))];

        // In several currencies the same reason has several rows.
        ImmutableArray<ReasonCount> Of(int month, StatisticMetric metric) =>
        [
            .. counts[(month, metric)]
                .GroupBy(
                    count => count.Reason, (reason, same) => new ReasonCount(reason, same.Sum(count => count.Count)), StringComparer.Ordinal)
                .Where(count => count.Count != 0)
                .OrderByDescending(count => count.Count).ThenBy(count => count.Reason, StringComparer.Ordinal),
        ];
    }
}

/// <summary>One month's reasons, most frequent first.</summary>
/// <param name="Month">What of the calendar month belongs to the period.</param>
/// <param name="Canceled">Of subscribers who were canceled.</param>
/// <param name="TrialsLost">Of subscriptions that were canceled in their trial.</param>
/// <param name="NeverPaid">Of first payments that never came.</param>
/// <param name="Declines">Of attempts that were declined.</param>
public sealed record MonthReasons(
    StatisticPeriod Month, ImmutableArray<ReasonCount> Canceled, ImmutableArray<ReasonCount> TrialsLost,
    ImmutableArray<ReasonCount> NeverPaid, ImmutableArray<ReasonCount> Declines);

/// <summary>How often something was the reason.</summary>
/// <param name="Reason">A reason or decline code in lower case; see <see cref="ReasonNames"/>.</param>
/// <param name="Count">How often.</param>
public readonly record struct ReasonCount(string Reason, Int128 Count);
