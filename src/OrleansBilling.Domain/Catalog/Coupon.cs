using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Catalog;

/// <summary>A code that lowers the price of new or running subscriptions. Only when and how often it is redeemed can change.</summary>
public sealed record Coupon
{
    /// <summary>The most discounts that coupons may put on one subscription at a time.</summary>
    public const int PerSubscriptionMax = 5;

    /// <summary>The largest number of recurrences that a limited discount may cover.</summary>
    public const int RecurrencesMax = 1_200;

    /// <summary>Unique in the whole installation.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The code that customers enter. It is unique within the seller, ignoring case. Coupons created before codes existed
    /// use their id.
    /// </summary>
    public string Code { get => field ?? Id; init; }

    /// <summary>The coupon is valid only for this seller's products.</summary>
    public required string SellerId { get; init; }

    /// <summary>The only product that the coupon is valid for; null for all products of the seller.</summary>
    public string? ProductId { get; init; }

    /// <summary>The plans that the coupon is valid for; empty for all.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    public required PriceReduction Reduction { get; init; }

    /// <summary>ISO 4217 code for a fixed amount; null for a percentage.</summary>
    public string? Currency { get; init; }

    /// <summary>Number of recurrences discounted: 1 for once, null for all.</summary>
    public int? Recurrences { get; init; }

    /// <summary>The most subscriptions that may redeem it; null for no limit.</summary>
    public int? RedemptionsMax { get; init; }

    /// <summary>First instant at which it may be redeemed; null for no start.</summary>
    public Instant? RedeemFrom { get; init; }

    /// <summary>First instant at which it may no longer be redeemed; null for no end.</summary>
    public Instant? RedeemUntil { get; init; }
}
