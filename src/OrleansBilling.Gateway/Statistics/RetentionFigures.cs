using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>What each variant of a product's retention offers did, against the control group that was offered nothing.</summary>
internal static class RetentionFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
        [StatisticMetric.RetentionAssigned, StatisticMetric.RetentionAccepted, StatisticMetric.RetentionLost];

    /// <summary>The control group and every variant of the policy, in order; nothing without a policy.</summary>
    public static ImmutableArray<RetentionVariantDocument> Sum(
        IEnumerable<StatisticRow> rows, RetentionPolicy? policy, StatisticPeriod period)
    {
        if (policy is null) return [];
        var sums = rows.Where(row => row.Day >= period.FromDay).ToLookup(row => (row.Metric, row.Slice!.Value), row => row.Value);
        return [.. Enumerable.Range(0, policy.Offers.Length + 1).Select(Show)];

        RetentionVariantDocument Show(int variant)
        {
            var assigned = sums[(StatisticMetric.RetentionAssigned, variant)].Sum();
            var lost = sums[(StatisticMetric.RetentionLost, variant)].Sum();
            return new RetentionVariantDocument(
                variant,
                variant == 0 ? null : policy.Offers[variant - 1].Id,
                assigned,
                sums[(StatisticMetric.RetentionAccepted, variant)].Sum(),
                lost,
                CancellationDocuments.Ratio(Int128.Max(0, assigned - lost), Int128.Max(0, assigned)));
        }
    }
}
