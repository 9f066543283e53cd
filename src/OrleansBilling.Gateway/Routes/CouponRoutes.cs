using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class CouponRoutes : IRouteGroup
{
    private const string Tag = "Catalog";

    private static readonly string[] Fixed =
    [
        "code", "seller_id", "product_id", "plan_ids", "percent", "amount", "currency", "duration", "recurrences",
    ];

    private readonly ICouponStore coupons;
    private readonly ICatalogShelf shelf;
    private readonly CallersCatalog catalog;
    private readonly CatalogCreation creation;
    private readonly CatalogEdits edits;
    private readonly Ids ids;
    private readonly Editable<Coupon, CouponDocument> kind;

    public CouponRoutes(
        ICouponStore coupons, ICatalogShelf shelf, CallersCatalog catalog, CatalogCreation creation, CatalogEdits edits, Ids ids)
    {
        (this.coupons, this.shelf, this.catalog) = (coupons, shelf, catalog);
        (this.creation, this.edits, this.ids) = (creation, edits, ids);
        kind = new(CatalogKind.Coupon, FindOwnAsync, shelf.ReplaceAsync, ShowAsync, GatewayJson.Default.CouponDocument);
    }

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/coupons", Roles.SellerOrAdministrator, GatewayJson.Default.CouponBody, CreateAsync)
            .Named("coupons_create").Answers(201, typeof(CouponDocument)).Describe(Tag, "Creates a coupon");
        api.Get("/v1/coupons", Roles.SellerOrAdministrator, ListAsync, CatalogLists.OfSellers)
            .Named("coupons_list").Answers(200, typeof(CouponPage))
            .Describe(Tag, "Lists coupons, ordered by id", "Codes are for their seller: a seller gets its own without asking.");
        api.Get("/v1/coupons/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("coupons_get").Answers(200, typeof(CouponDocument))
            .Describe(Tag, "Shows a coupon and how many subscriptions redeemed it");
        api.Patch("/v1/coupons/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.CouponPatchBody, PatchAsync)
            .Named("coupons_update").Answers(200, typeof(CouponDocument))
            .Describe(Tag, "Changes when, and how often, a coupon can be redeemed");
        api.Post(
                "/v1/coupons/{id}/end", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody, EndAsync,
                SubscriptionCommandRoutes.Nothing)
            .Named("coupons_end").Answers(200, typeof(CouponDocument))
            .Describe(Tag, "Ends a coupon now: nobody else redeems it, and who did keeps the discount");
        api.Post(
                "/v1/coupons/{id}/archive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: true), SubscriptionCommandRoutes.Nothing)
            .Named("coupons_archive").Answers(200, typeof(CouponDocument))
            .Describe(Tag, "Hides a coupon: it cannot be redeemed until it is taken out of the archive");
        api.Post(
                "/v1/coupons/{id}/unarchive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: false), SubscriptionCommandRoutes.Nothing)
            .Named("coupons_unarchive").Answers(200, typeof(CouponDocument)).Describe(Tag, "Takes a coupon out of the archive");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, CouponBody body)
    {
        if (CouponRequest.Validate(body) is { } error) return Answers.Problem(error);
        if (!call.Caller.MayTouch(body.SellerId, ""))
            return Answers.Problem(ApiErrors.ForbiddenTo("A seller can only create its own coupons.", "seller_id"));
        if (await RefuseScopeAsync(call, body) is { } outside) return Answers.Problem(outside);

        var coupon = CouponRequest.ToCoupon(body, body.Id ?? ids.New("coupon_", call.Tenant, call.Key));
        var codeTaken = false;
        var answer = await creation.CreateAsync(
            call, CatalogKind.Coupon, body.SellerId, body.Id, coupon.Id, coupon, AddAsync,
            token => shelf.FindCouponAsync(coupon.Id, token),
            static made => CouponDocument.From(made, 0), GatewayJson.Default.CouponDocument);
        return codeTaken ? Answers.Problem(CodeTaken) : answer;

        async ValueTask<bool> AddAsync(Coupon added, Instant createdAt, CancellationToken token)
        {
            if (await coupons.AddAsync(added, createdAt, token)) return true;
            codeTaken = await coupons.FindByCodeAsync(added.SellerId, added.Code, token) is { } other && other.Id != added.Id;
            return false;
        }
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = CatalogLists.ReadOwn(call);
        var (page, next, error) = await CatalogLists.PageAsync(call, filter, shelf.ListCouponsAsync, static coupon => coupon.Id);
        if (error is not null) return Answers.Problem(error);
        var counts = await coupons.CountRedemptionsAsync([.. page.Select(coupon => coupon.Entry.Id)], call.Aborted);
        var shown = page.Select(coupon => CouponDocument.From(coupon, counts.GetValueOrDefault(coupon.Entry.Id)));
        return Answers.Json(StatusCodes.Status200OK, new CouponPage([.. shown], next), GatewayJson.Default.CouponPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await FindOwnAsync(call) is { } coupon
            ? Answers.Json(
                StatusCodes.Status200OK, await ShowAsync(call, coupon), GatewayJson.Default.CouponDocument, version: coupon.Revision)
            : Answers.Problem(ApiErrors.NotFound("coupon"));

    private ValueTask<IResult> EndAsync(ApiCall call, EmptyBody body) => edits.EditAsync(
        call, kind,
        found => new((found.Entry.RedeemUntil <= edits.Now ? found : found with { Entry = found.Entry with { RedeemUntil = edits.Now } },
            (ApiError?)null)));

    private ValueTask<IResult> PatchAsync(ApiCall call, CouponPatchBody body) => edits.PatchAsync(
        call, kind, GatewayJson.Default.CouponBody, Fixed,
        static present =>
        {
            present.Remove("redemptions");

            // A body names the number for repeating coupons only.
            if (present["duration"]?.GetValue<string>() != "repeating") present.Remove("recurrences");
        },
        static (before, patched) => new(Change(before, patched)));

    /// <summary>Only coupons with a limit count what is redeemed as it happens, so a limit cannot come later.</summary>
    private static (Coupon? Coupon, ApiError? Error) Change(Coupon before, CouponBody patched)
    {
        if (CouponRequest.Validate(patched) is { } error) return (null, error);
        if (before.RedemptionsMax is null != patched.RedemptionsMax is null)
            return (null, new ApiError(
                422, "immutable", "The limit of a coupon can be moved, but not added or taken away.", "redemptions_max"));
        return (before with
        {
            RedemptionsMax = patched.RedemptionsMax, RedeemFrom = patched.RedeemFrom, RedeemUntil = patched.RedeemUntil,
        }, null);
    }

    private async ValueTask<Shelved<Coupon>?> FindOwnAsync(ApiCall call) =>
        Ids.IsValid(call.Id) && await shelf.FindCouponAsync(call.Id, call.Aborted) is { } coupon &&
            call.Caller.MayTouch(coupon.Entry.SellerId, "") ? coupon : null;

    private async ValueTask<CouponDocument> ShowAsync(ApiCall call, Shelved<Coupon> coupon) =>
        CouponDocument.From(coupon, await coupons.CountRedemptionsAsync(coupon.Entry.Id, call.Aborted));

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
