using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// The effect of each variant of a product's retention offers, compared with the control group, which was offered nothing.
/// </summary>
public static class RetentionReport
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
        [StatisticMetric.RetentionAssigned, StatisticMetric.RetentionAccepted, StatisticMetric.RetentionLost];

    /// <summary>Reads the control group and every variant of the product's policy, in order. Empty if the product has no policy.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<IReadOnlyList<VariantFigures>> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, RetentionPolicy? policy,
        CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, Metrics, period, StatisticsStep.Range, cancellationToken);
        if (policy is null) return [];
        var sums = rows.Where(row => row.Day >= period.FromDay).ToLookup(row => (row.Metric, row.Slice!.Value), row => row.Value);
        return [.. Enumerable.Range(0, policy.Offers.Length + 1).Select(variant => new VariantFigures(
            variant,
            variant == 0 ? null : policy.Offers[variant - 1].Id,
            sums[(StatisticMetric.RetentionAssigned, variant)].Sum(),
            sums[(StatisticMetric.RetentionAccepted, variant)].Sum(),
            sums[(StatisticMetric.RetentionLost, variant)].Sum()))];
    }
}

/// <summary>The effect of one variant on those who asked to cancel.</summary>
/// <param name="Variant">Its position among the product's retention offers, from 1; 0 is the control group.</param>
/// <param name="OfferId">The retention offer's id; null for the control group.</param>
/// <param name="Assigned">How many were assigned to it, without those who asked again and were assigned to another.</param>
/// <param name="Accepted">How many accepted.</param>
/// <param name="Lost">How many canceled without accepting. They may have been assigned before the period.</param>
public sealed record VariantFigures(int Variant, string? OfferId, Int128 Assigned, Int128 Accepted, Int128 Lost)
{
    /// <summary>(Assigned − lost) ÷ assigned. Numerator and denominator are never below 0.</summary>
    public Ratio Saved => new(Int128.Max(0, Assigned - Lost), Int128.Max(0, Assigned));
}
