using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>How many recurrences a coupon applies to.</summary>
internal enum CouponDuration
{
    /// <summary>One.</summary>
    Once,

    /// <summary>A fixed number.</summary>
    Repeating,

    /// <summary>All.</summary>
    Forever,
}

/// <summary>POST /v1/coupons: either percent, or amount with its currency.</summary>
internal sealed record CouponBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>What customers type. Unique per seller, case-insensitive. Defaults to the id.</summary>
    [Id]
    public string? Code { get; init; }

    /// <summary>The seller whose coupon it is.</summary>
    [Id]
    public required string SellerId { get; init; }

    /// <summary>Only for this product; for all of the seller's if left out.</summary>
    [Id]
    public string? ProductId { get; init; }

    /// <summary>Only for these plans; for all if left out.</summary>
    [Id]
    [Entries(0, FieldLimits.CouponPlansMax, Unique = true)]
    public IReadOnlyList<string>? PlanIds { get; init; }

    /// <summary>Percent off. Either this or amount.</summary>
    [PercentBounds(1, PriceReduction.WholeMilliPercent)]
    public Percent? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    [Bounds(1, Money.OfferAmountMax)]
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code; required with amount, and only allowed with it.</summary>
    [CurrencyCode]
    public string? Currency { get; init; }

    /// <summary>How many recurrences it reduces.</summary>
    public required CouponDuration Duration { get; init; }

    /// <summary>The number for duration repeating; only allowed with it.</summary>
    [Bounds(1, Coupon.RecurrencesMax)]
    public int? Recurrences { get; init; }

    /// <summary>How many subscriptions may redeem it; unlimited if left out.</summary>
    [Bounds(1, FieldLimits.CouponRedemptionsMax)]
    public int? RedemptionsMax { get; init; }

    /// <summary>The first instant at which it can be redeemed.</summary>
    public Instant? RedeemFrom { get; init; }

    /// <summary>The instant from which it can no longer be redeemed.</summary>
    public Instant? RedeemUntil { get; init; }
}

/// <summary>
/// PATCH /v1/coupons/{id}: a JSON merge patch. What is left out stays, null takes an instant away. Changes bind later redemptions.
/// Everything else may be repeated but not changed.
/// </summary>
internal sealed record CouponPatchBody
{
    /// <summary>The first instant at which it can be redeemed; null for at once.</summary>
    public Instant? RedeemFrom { get; init; }

    /// <summary>The instant from which it can no longer be redeemed; null for never.</summary>
    public Instant? RedeemUntil { get; init; }

    /// <summary>How many subscriptions may redeem it. A limit can be moved, but not added or taken away.</summary>
    [Bounds(1, FieldLimits.CouponRedemptionsMax)]
    public int? RedemptionsMax { get; init; }

    /// <summary>What customers type; must be the coupon's.</summary>
    public string? Code { get; init; }

    /// <summary>The seller; must be the coupon's.</summary>
    public string? SellerId { get; init; }

    /// <summary>The product; must be the coupon's.</summary>
    public string? ProductId { get; init; }

    /// <summary>The plans; must be the coupon's.</summary>
    public IReadOnlyList<string>? PlanIds { get; init; }

    /// <summary>Percent off; must be the coupon's.</summary>
    public Percent? Percent { get; init; }

    /// <summary>Minor units off; must be the coupon's.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code of the amount; must be the coupon's.</summary>
    public string? Currency { get; init; }

    /// <summary>How many recurrences it reduces; must be the coupon's.</summary>
    public CouponDuration? Duration { get; init; }

    /// <summary>The number of recurrences; must be the coupon's.</summary>
    public int? Recurrences { get; init; }
}

/// <summary>A coupon.</summary>
/// <param name="Id">The coupon's id.</param>
/// <param name="Code">What customers type, case-insensitive.</param>
/// <param name="SellerId">The seller whose coupon it is.</param>
/// <param name="ProductId">The only product that it is for; null for all of the seller's.</param>
/// <param name="PlanIds">The only plans that it is for; empty for all.</param>
/// <param name="Percent">Percent off; null if it takes off an amount.</param>
/// <param name="Amount">Minor units off; null if it takes off a percentage.</param>
/// <param name="Currency">ISO 4217 code of the amount; null without one.</param>
/// <param name="Duration">How many recurrences it reduces.</param>
/// <param name="Recurrences">The number of recurrences that it reduces; null for all.</param>
/// <param name="RedemptionsMax">How many subscriptions may redeem it; null if unlimited.</param>
/// <param name="RedeemFrom">The first instant at which it can be redeemed; null if there is none.</param>
/// <param name="RedeemUntil">The instant from which it can no longer be redeemed; null if there is none.</param>
/// <param name="Redemptions">How many subscriptions redeemed it.</param>
/// <param name="Archived">Whether it can no longer be redeemed and is hidden from lists of what can.</param>
/// <param name="CreatedAt">When it was created; null for coupons from before this was stored.</param>
internal sealed record CouponDocument(
    string Id,
    string Code,
    string SellerId,
    string? ProductId,
    ImmutableArray<string> PlanIds,
    Percent? Percent,
    long? Amount,
    string? Currency,
    CouponDuration Duration,
    int? Recurrences,
    int? RedemptionsMax,
    Instant? RedeemFrom,
    Instant? RedeemUntil,
    int Redemptions,
    bool Archived,
    Instant? CreatedAt)
{
    /// <param name="shelved">The coupon.</param>
    /// <param name="redemptions">The number of subscriptions that redeemed it.</param>
    public static CouponDocument From(Shelved<Coupon> shelved, int redemptions) => From(shelved.Entry, shelved, redemptions);

    private static CouponDocument From(Coupon coupon, Shelved<Coupon> shelved, int redemptions) => new(
        coupon.Id, coupon.Code, coupon.SellerId, coupon.ProductId, coupon.PlanIds, Json.Percent.From(coupon.Reduction.MilliPercent),
        coupon.Reduction.Amount, coupon.Currency,
        DurationOf(coupon.Recurrences), coupon.Recurrences, coupon.RedemptionsMax, coupon.RedeemFrom, coupon.RedeemUntil, redemptions,
        shelved.ArchivedAt is not null, shelved.CreatedAt);

    private static CouponDuration DurationOf(int? recurrences) => recurrences switch
    {
        null => CouponDuration.Forever,
        1 => CouponDuration.Once,
        _ => CouponDuration.Repeating,
    };
}
