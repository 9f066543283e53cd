using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class OfferRoutes(
    CatalogCache catalog, CallersCatalog own, CatalogCreation creation, CatalogRoom room, Ids ids) : IRouteGroup
{
    private const string Tag = "Catalog";

    /// <summary>How often to retry a new version when other edits of the same offer keep winning.</summary>
    private const int VersionTriesMax = 32;

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/offers", Roles.SellerOrAdministrator, GatewayJson.Default.OfferBody, CreateAsync)
            .Named("offers_create").Answers(201, typeof(OfferDocument)).Describe(Tag, "Creates an offer of a plan");
        api.Put("/v1/offers/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.OfferVersionBody, AddVersionAsync)
            .Named("offers_add_version").Answers(200, typeof(OfferDocument))
            .Describe(Tag, "Creates the next version of an offer; running subscriptions keep theirs");
        api.Get("/v1/offers/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("offers_get").Answers(200, typeof(OfferDocument)).Describe(Tag, "Shows the newest version of an offer");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, OfferBody body)
    {
        if (Validate(body) is { } error) return Answers.Problem(error);
        if (await own.FindPlanAsync(call, body.PlanId) is not { } plan) return Answers.Problem(ApiErrors.NotFound("plan", "plan_id"));

        var id = body.Id ?? ids.New("offer_", call.Tenant, call.Key);
        var offer = OfferRequest.Apply(body, new Offer(id, 1, body.PlanId, body.Amount, body.Currency));
        return await creation.CreateAsync(
            call, CatalogKind.Offer, await SellerOfAsync(call, plan), body.Id, offer.Id, offer, catalog.AddAsync,
            async token => (await catalog.FindTermsAsync(offer.Id, offer.Version, token))?.Offer,
            OfferDocument.From, GatewayJson.Default.OfferDocument);
    }

    private async ValueTask<IResult> AddVersionAsync(ApiCall call, OfferVersionBody body)
    {
        var check = new Check();
        OfferRequest.Check(ref check, body);
        for (var attempt = 1; attempt <= VersionTriesMax; attempt++)
        {
            if (await own.FindOfferAsync(call, call.Id) is not { } terms) return Answers.Problem(ApiErrors.NotFound("offer"));
            var newest = terms.Offer;
            if (body.Currency is { } currency && currency != newest.Currency) check.Fail(Immutable("currency"));
            if (body.PlanId is { } planId && planId != newest.PlanId) check.Fail(Immutable("plan_id"));
            if (check.Error is { } error) return Answers.Problem(error);
            if (call.ExpectedVersion is { } expected && expected != newest.Version)
                return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));

            var next = OfferRequest.Apply(body, newest) with { Version = newest.Version + 1 };
            if (await RefuseVersionAsync(call, terms.Product.SellerId, next) is { } full) return Answers.Problem(full);
            if (await catalog.AddAsync(next, call.Aborted)) return Show(next);
        }

        return Answers.Problem(new ApiError(409, "conflict", "Other edits of this offer kept winning; try again."));
    }

    private async ValueTask<ApiError?> RefuseVersionAsync(ApiCall call, string sellerId, Offer next) =>
        room.ValidateSize(CatalogKind.OfferVersion, OfferDocument.From(next), GatewayJson.Default.OfferDocument)
            ?? await room.RefuseMoreAsync(sellerId, CatalogKind.OfferVersion, call.Aborted);

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await own.FindOfferAsync(call, call.Id) is { } terms ? Show(terms.Offer) : Answers.Problem(ApiErrors.NotFound("offer"));

    private async ValueTask<string> SellerOfAsync(ApiCall call, Plan plan) =>
        (await catalog.FindProductAsync(plan.ProductId, call.Aborted))?.SellerId
            ?? throw new InvalidOperationException($"Plan '{plan.Id}' names product '{plan.ProductId}', which is not stored.");

    private static IResult Show(Offer offer) =>
        Answers.Json(StatusCodes.Status200OK, OfferDocument.From(offer), GatewayJson.Default.OfferDocument, version: offer.Version);

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
