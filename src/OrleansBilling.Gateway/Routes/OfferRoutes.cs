using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Offers and their versions.</summary>
internal static class OfferRoutes
{
    private const string Tag = "Catalog";

    /// <summary>How often a new version is tried while other edits of the same offer keep winning.</summary>
    private const int VersionTriesMax = 32;

    public static void MapOffers(this ApiRoutes api)
    {
        api.Post("/v1/offers", Roles.SellerOrAdministrator, GatewayJson.Default.OfferBody, CreateAsync)
            .Answers(201, typeof(OfferDocument)).Describe(Tag, "Creates an offer of a plan");
        api.Put("/v1/offers/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.OfferVersionBody, AddVersionAsync)
            .Answers(200, typeof(OfferDocument)).Describe(Tag, "Makes the next version of an offer; running subscriptions keep theirs");
        api.Get("/v1/offers/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Answers(200, typeof(OfferDocument)).Describe(Tag, "Shows the newest version of an offer");
    }

    private static async ValueTask<IResult> CreateAsync(ApiCall call, OfferBody body)
    {
        if (Validate(body) is { } error) return Answers.Problem(error);
        if (await PlanRoutes.FindOwnAsync(call, body.PlanId) is not { } plan) return Answers.Problem(ApiErrors.NotFound("plan", "plan_id"));

        var offer = OfferRequest.Apply(body, new Offer(call.NewId(body.Id, "offer_"), 1, body.PlanId, body.Amount, body.Currency));
        var catalog = call.Services.Catalog;
        return await CatalogCreation.CreateAsync(
            call, CatalogKind.Offer, await PlanRoutes.SellerOfAsync(call, plan), body.Id, offer, catalog.AddAsync,
            async token => (await catalog.FindTermsAsync(offer.Id, offer.Version, token))?.Offer,
            OfferDocument.From, GatewayJson.Default.OfferDocument);
    }

    private static async ValueTask<IResult> AddVersionAsync(ApiCall call, OfferVersionBody body)
    {
        var check = new Check();
        OfferRequest.Check(ref check, body);
        for (var attempt = 1; attempt <= VersionTriesMax; attempt++)
        {
            if (await FindOwnAsync(call) is not { } terms) return Answers.Problem(ApiErrors.NotFound("offer"));
            var newest = terms.Offer;
            if (body.Currency is { } currency && currency != newest.Currency) check.Fail(Immutable("currency"));
            if (body.PlanId is { } planId && planId != newest.PlanId) check.Fail(Immutable("plan_id"));
            if (check.Error is { } error) return Answers.Problem(error);

            var next = OfferRequest.Apply(body, newest) with { Version = newest.Version + 1 };
            if (await RefuseVersionAsync(call, terms.Product.SellerId, next) is { } full) return Answers.Problem(full);
            if (await call.Services.Catalog.AddAsync(next, call.Aborted)) return Show(next);
        }

        return Answers.Problem(new ApiError(409, "conflict", "Other edits of this offer kept winning; try again."));
    }

    private static async ValueTask<ApiError?> RefuseVersionAsync(ApiCall call, string sellerId, Offer next) =>
        CatalogRoom.ValidateSize(call, CatalogKind.OfferVersion, OfferDocument.From(next), GatewayJson.Default.OfferDocument)
            ?? await CatalogRoom.RefuseMoreAsync(call, sellerId, CatalogKind.OfferVersion);

    private static async ValueTask<IResult> GetAsync(ApiCall call) =>
        await FindOwnAsync(call) is { } terms ? Show(terms.Offer) : Answers.Problem(ApiErrors.NotFound("offer"));

    private static async ValueTask<OfferTerms?> FindOwnAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id)) return null;
        var terms = await call.Services.Catalog.FindNewestTermsAsync(call.Id, call.Aborted);
        return terms is not null && call.Caller.MayTouch(terms.Product.SellerId, "") ? terms : null;
    }

    private static IResult Show(Offer offer) =>
        Answers.Json(StatusCodes.Status200OK, OfferDocument.From(offer), GatewayJson.Default.OfferDocument);

    private static ApiError Immutable(string field) => new(422, "immutable", $"{field} is the same in all versions of an offer.", field);

    private static ApiError? Validate(OfferBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.PlanId, "plan_id");
        OfferRequest.Check(ref check, body);
        check.Currency(body.Currency, "currency");
        return check.Error;
    }
}
