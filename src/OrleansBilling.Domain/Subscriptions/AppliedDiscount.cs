using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a discount was granted for.</summary>
public enum DiscountSource
{
    Coupon,

    /// <summary>Recurrences given for free by the seller.</summary>
    Gift,

    Loyalty,

    Retention,
}

/// <summary>A discount on the recurrences from <paramref name="FromIndex"/> to <paramref name="ToIndex"/>.</summary>
/// <param name="Id">The id of the coupon or retention offer; empty for other sources.</param>
/// <param name="FromIndex">First discounted period.</param>
/// <param name="ToIndex">Last discounted period; null for no end.</param>
public sealed record AppliedDiscount(DiscountSource Source, string Id, PriceReduction Reduction, int FromIndex, int? ToIndex)
{
    /// <summary>The plans that the discount applies to; empty for all.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>The coupon's code; null if it equals the id or if the source is not a coupon.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// Whether the discount applies to a period on a plan. A null index means the extra time by which a period was lengthened.
    /// It belongs to no recurrence, so only a discount without an end applies to it.
    /// </summary>
    public bool Covers(int? index, string planId) =>
        (PlanIds.IsEmpty || PlanIds.Contains(planId)) && (ToIndex is null || index <= ToIndex) && (index is null || index >= FromIndex);
}
