using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class CouponRoutes(ICouponStore coupons, CallersCatalog catalog, CatalogCreation creation, Ids ids) : IRouteGroup
{
    private const string Tag = "Catalog";

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/coupons", Roles.SellerOrAdministrator, GatewayJson.Default.CouponBody, CreateAsync)
            .Named("coupons_create").Answers(201, typeof(CouponDocument)).Describe(Tag, "Creates a coupon");
        api.Get("/v1/coupons/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("coupons_get").Answers(200, typeof(CouponDocument))
            .Describe(Tag, "Shows a coupon and how many subscriptions redeemed it");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, CouponBody body)
    {
        if (CouponRequest.Validate(body) is { } error) return Answers.Problem(error);
        if (!call.Caller.MayTouch(body.SellerId, ""))
            return Answers.Problem(ApiErrors.Forbidden with { Detail = "A seller can only create its own coupons." });
        if (await RefuseScopeAsync(call, body) is { } outside) return Answers.Problem(outside);

        var coupon = CouponRequest.ToCoupon(body, body.Id ?? ids.New("coupon_", call.Tenant, call.Key));
        var codeTaken = false;
        var answer = await creation.CreateAsync(
            call, CatalogKind.Coupon, body.SellerId, body.Id, coupon.Id, coupon, AddAsync, token => coupons.FindAsync(coupon.Id, token),
            static made => CouponDocument.From(made, 0), GatewayJson.Default.CouponDocument);
        return codeTaken ? Answers.Problem(CodeTaken) : answer;

        async ValueTask<bool> AddAsync(Coupon added, CancellationToken token)
        {
            if (await coupons.AddAsync(added, token)) return true;
            codeTaken = await coupons.FindByCodeAsync(added.SellerId, added.Code, token) is { } other && other.Id != added.Id;
            return false;
        }
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id) || await coupons.FindAsync(call.Id, call.Aborted) is not { } coupon ||
            !call.Caller.MayTouch(coupon.SellerId, ""))
            return Answers.Problem(ApiErrors.NotFound("coupon"));
        var redemptions = await coupons.CountRedemptionsAsync(coupon.Id, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, CouponDocument.From(coupon, redemptions), GatewayJson.Default.CouponDocument);
    }

    private static ApiError CodeTaken => new(409, "coupon_code_exists", "The seller has another coupon with this code.", "code");

    /// <summary>
    /// The product must be the seller's. The plans must belong to that product, or without one to any product of the
    /// seller.
    /// </summary>
    private async ValueTask<ApiError?> RefuseScopeAsync(ApiCall call, CouponBody body)
    {
        if (body.ProductId is { } productId && (await catalog.FindProductAsync(call, productId))?.SellerId != body.SellerId)
            return ApiErrors.NotFound("product", "product_id");
        for (var n = 0; n < (body.PlanIds?.Count ?? 0); n++)
        {
            var plan = await catalog.FindPlanAsync(call, body.PlanIds![n]);
            if (plan is null || !await IsWithinAsync(call, plan, body)) return ApiErrors.NotFound("plan", $"plan_ids[{n}]");
        }

        return null;
    }

    private async ValueTask<bool> IsWithinAsync(ApiCall call, Plan plan, CouponBody body) => body.ProductId is { } productId
        ? plan.ProductId == productId
        : (await catalog.FindProductAsync(call, plan.ProductId))?.SellerId == body.SellerId;
}
