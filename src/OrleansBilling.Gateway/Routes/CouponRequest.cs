using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A coupon as a request describes it.</summary>
internal static class CouponRequest
{
    public static ApiError? Validate(CouponBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.Code, "code");
        check.Id(body.SellerId, "seller_id");
        check.Id(body.ProductId, "product_id");
        if (check.List(body.PlanIds, "plan_ids", 0, FieldLimits.CouponPlansMax)) CheckPlans(ref check, body);
        check.PercentOrAmount(body.Percent, body.Amount, "");
        check.Currency(body.Currency, "currency");
        check.Present(body.Amount is null || body.Currency is not null, "currency");
        check.Absent(body.Amount is null && body.Currency is not null, "currency", "amount");
        var repeating = body.Duration == CouponDuration.Repeating;
        check.Present(!repeating || body.Recurrences is not null, "recurrences");
        check.Absent(!repeating && body.Recurrences is not null, "recurrences", "duration repeating");
        check.Range(body.Recurrences, "recurrences", 1, Coupon.RecurrencesMax);
        check.Range(body.RedemptionsMax, "redemptions_max", 1, FieldLimits.CouponRedemptionsMax);
        if (body.RedeemUntil <= body.RedeemFrom)
            check.Fail(new ApiError(422, "out_of_range", "redeem_until must be after redeem_from.", "redeem_until"));
        return check.Error;
    }

    public static Coupon ToCoupon(CouponBody body, string id) => new()
    {
        Id = id,
        Code = body.Code ?? id,
        SellerId = body.SellerId,
        ProductId = body.ProductId,
        PlanIds = body.PlanIds is { } plans ? [.. plans] : [],
        Reduction = new PriceReduction(body.Percent?.Milli, body.Amount),
        Currency = body.Currency,
        Recurrences = body.Duration == CouponDuration.Once ? 1 : body.Recurrences,
        RedemptionsMax = body.RedemptionsMax,
        RedeemFrom = body.RedeemFrom,
        RedeemUntil = body.RedeemUntil,
    };

    private static void CheckPlans(ref Check check, CouponBody body)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < body.PlanIds!.Count; n++)
        {
            check.Id(body.PlanIds[n], $"plan_ids[{n}]");
            check.Once(named, body.PlanIds[n], $"plan_ids[{n}]");
        }
    }
}
