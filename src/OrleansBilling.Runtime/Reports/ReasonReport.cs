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

    /// <summary>
    /// Reads the reasons of each calendar month. Null if there are more than <see cref="NamedCounters.RowsMax"/> counters.
    /// </summary>
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

        // A reason has one row for each currency.
        ImmutableArray<ReasonCount> Of(int month, StatisticMetric metric) =>
        [
            .. counts[(month, metric)]
                .GroupBy(
                    count => count.Reason, (reason, same) => new ReasonCount(reason, same.Sum(count => count.Count)),
                    StringComparer.Ordinal)
                .Where(count => count.Count != 0)
                .OrderByDescending(count => count.Count).ThenBy(count => count.Reason, StringComparer.Ordinal),
        ];
    }
}

/// <summary>One month's reasons, most frequent first.</summary>
/// <param name="Month">The calendar month, cut to the period.</param>
/// <param name="Canceled">Reasons of canceled subscribers.</param>
/// <param name="TrialsLost">Reasons of subscriptions canceled during their trial.</param>
/// <param name="NeverPaid">Reasons of subscriptions that ended before their first payment.</param>
/// <param name="Declines">Reasons of declined payment attempts.</param>
public sealed record MonthReasons(
    StatisticPeriod Month, ImmutableArray<ReasonCount> Canceled, ImmutableArray<ReasonCount> TrialsLost,
    ImmutableArray<ReasonCount> NeverPaid, ImmutableArray<ReasonCount> Declines);

/// <summary>How often a reason was counted.</summary>
/// <param name="Reason">A reason or decline code in lower case; see <see cref="ReasonNames"/>.</param>
public readonly record struct ReasonCount(string Reason, Int128 Count);
