using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

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
    public string? Id { get; init; }

    /// <summary>What customers type. Unique per seller, case-insensitive. Defaults to the id.</summary>
    public string? Code { get; init; }

    public required string SellerId { get; init; }

    public string? ProductId { get; init; }

    public IReadOnlyList<string>? PlanIds { get; init; }

    public Percent? Percent { get; init; }

    public long? Amount { get; init; }

    public string? Currency { get; init; }

    public required CouponDuration Duration { get; init; }

    public int? Recurrences { get; init; }

    public int? RedemptionsMax { get; init; }

    public Instant? RedeemFrom { get; init; }

    public Instant? RedeemUntil { get; init; }
}

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
    int Redemptions)
{
    /// <param name="coupon">The coupon.</param>
    /// <param name="redemptions">The number of subscriptions that redeemed it.</param>
    public static CouponDocument From(Coupon coupon, int redemptions) => new(
        coupon.Id, coupon.Code, coupon.SellerId, coupon.ProductId, coupon.PlanIds, Json.Percent.From(coupon.Reduction.MilliPercent),
        coupon.Reduction.Amount, coupon.Currency,
        DurationOf(coupon.Recurrences), coupon.Recurrences, coupon.RedemptionsMax, coupon.RedeemFrom, coupon.RedeemUntil, redemptions);

    private static CouponDuration DurationOf(int? recurrences) => recurrences switch
    {
        null => CouponDuration.Forever,
        1 => CouponDuration.Once,
        _ => CouponDuration.Repeating,
    };
}
