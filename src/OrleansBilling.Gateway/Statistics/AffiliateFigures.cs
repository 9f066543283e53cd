using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>What each affiliate and co-producer brought.</summary>
internal static class AffiliateFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.PartyActivations, StatisticMetric.PartyRenewals, StatisticMetric.PartyNewRevenue,
        StatisticMetric.PartyEarned, StatisticMetric.PartyRefunded, StatisticMetric.PartyLost,
    ];

    /// <summary>Each party with its figures of the period; those with none are left out.</summary>
    public static ImmutableArray<AffiliateDocument> Sum(
        IEnumerable<StatisticRow> rows, IReadOnlyDictionary<int, string> names, StatisticPeriod period) =>
    [
        .. rows.Where(row => row.Day >= period.FromDay && row.Value != 0)
            .GroupBy(row => (Party: names.GetValueOrDefault(row.Slice!.Value, ReasonNames.Other), row.Currency))
            .OrderBy(group => group.Key.Party, StringComparer.Ordinal).ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
            .Select(group => Show(group.Key.Party, group.Key.Currency, group.ToLookup(row => row.Metric, row => row.Value))),
    ];

    private static AffiliateDocument Show(string party, string currency, ILookup<StatisticMetric, Int128> sums) => new(
        party,
        currency,
        sums[StatisticMetric.PartyActivations].Sum(),
        sums[StatisticMetric.PartyRenewals].Sum(),
        sums[StatisticMetric.PartyNewRevenue].Sum(),
        sums[StatisticMetric.PartyEarned].Sum(),
        sums[StatisticMetric.PartyRefunded].Sum(),
        sums[StatisticMetric.PartyLost].Sum());
}
