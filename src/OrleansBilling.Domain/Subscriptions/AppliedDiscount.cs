using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Where a discount comes from.</summary>
public enum DiscountSource
{
    /// <summary>A coupon.</summary>
    Coupon,

    /// <summary>Recurrences given by the seller.</summary>
    Gift,

    /// <summary>The product's loyalty reward.</summary>
    Loyalty,

    /// <summary>An accepted retention offer.</summary>
    Retention,
}

/// <summary>A discount on the recurrences from <paramref name="FromIndex"/> to <paramref name="ToIndex"/>.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Id">The coupon's or the retention offer's id; empty where the source says all.</param>
/// <param name="Reduction">What it takes off.</param>
/// <param name="FromIndex">First period.</param>
/// <param name="ToIndex">Last period; null for ever.</param>
public sealed record AppliedDiscount(DiscountSource Source, string Id, PriceReduction Reduction, int FromIndex, int? ToIndex)
{
    /// <summary>The plans that it holds for; empty for all.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>The coupon's code; null where that is its id, or where there is no coupon.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// Whether it lowers the price of this period on this plan. Without an index, that of a stretch by which a period was
    /// lengthened: it belongs to no recurrence, and only a discount for ever holds for it.
    /// </summary>
    public bool Covers(int? index, string planId) =>
        (PlanIds.IsEmpty || PlanIds.Contains(planId)) && (ToIndex is null || index <= ToIndex) && (index is null || index >= FromIndex);
}
