using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Catalog;

/// <summary>A code that lowers the price of new or running subscriptions. Written once, never changed.</summary>
public sealed record Coupon
{
    /// <summary>The most discounts that a subscription may carry at a time.</summary>
    public const int PerSubscriptionMax = 5;

    /// <summary>The largest number of recurrences that a limited discount may last for.</summary>
    public const int RecurrencesMax = 1_200;

    /// <summary>Its id; unique in the whole installation.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// What customers type; unique within the seller, whatever the case. A coupon from before there were codes has its
    /// id.
    /// </summary>
    public string Code { get => field ?? Id; init; }

    /// <summary>The seller whose products it is good for.</summary>
    public required string SellerId { get; init; }

    /// <summary>The product that it is good for; null for all of the seller's.</summary>
    public string? ProductId { get; init; }

    /// <summary>The plans that it is good for; empty for all.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>What it takes off.</summary>
    public required PriceReduction Reduction { get; init; }

    /// <summary>ISO 4217 code of an amount; null for a percentage.</summary>
    public string? Currency { get; init; }

    /// <summary>For how many recurrences: 1 for once, null for ever.</summary>
    public int? Recurrences { get; init; }

    /// <summary>How many subscriptions may redeem it; null for any number.</summary>
    public int? RedemptionsMax { get; init; }

    /// <summary>First instant at which it may be redeemed; null for any.</summary>
    public Instant? RedeemFrom { get; init; }

    /// <summary>First instant at which it may no longer be redeemed; null for never.</summary>
    public Instant? RedeemUntil { get; init; }
}
