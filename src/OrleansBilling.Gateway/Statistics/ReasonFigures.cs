using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>Reasons and decline codes by month.</summary>
internal static class ReasonFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
        [StatisticMetric.CancellationsByReason, StatisticMetric.TrialsLostByReason, StatisticMetric.NeverPaidByCode,
            StatisticMetric.DeclinesByCode];

    /// <summary>The reasons of each month.</summary>
    public static ImmutableArray<ReasonsDocument> Sum(
        IEnumerable<StatisticRow> rows, IReadOnlyDictionary<int, string> names, IReadOnlyList<StatisticPeriod> months)
    {
        var fromDay = months[0].FromDay;
        var counts = rows.Where(row => row.Day >= fromDay)
            .ToLookup(
                row => (StatisticPeriod.IndexOf(months, row.Day), row.Metric), row =>
                    (Name: names.GetValueOrDefault(row.Slice!.Value, ReasonNames.Other), row.Value));
        return [.. months.Select((month, n) => new ReasonsDocument(
            month.Month,
            Of(n, StatisticMetric.CancellationsByReason),
            Of(n, StatisticMetric.TrialsLostByReason),
            Of(n, StatisticMetric.NeverPaidByCode),
            Of(n, StatisticMetric.DeclinesByCode)))];

        // In several currencies the same reason has several rows.
        ImmutableArray<ReasonCountDocument> Of(int month, StatisticMetric metric) =>
        [
            .. counts[(month, metric)]
                .GroupBy(
                    count => count.Name, (name, same) =>
                        new ReasonCountDocument(name, same.Sum(count => count.Value)), StringComparer.Ordinal)
                .Where(count => count.Count != 0)
                .OrderByDescending(count => count.Count).ThenBy(count => count.Reason, StringComparer.Ordinal),
        ];
    }
}
