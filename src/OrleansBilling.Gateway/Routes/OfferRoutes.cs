using System.Collections.Immutable;
using System.Text.Json;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class OfferRoutes(
    CatalogCache catalog, ICatalogShelf shelf, CallersCatalog own, CallersShelf callers, CatalogCreation creation, CatalogEdits edits,
    CatalogRoom room, Ids ids) : IRouteGroup
{
    private const string Tag = "Catalog";

    /// <summary>How often to retry a new version when other edits of the same offer keep winning.</summary>
    private const int VersionTriesMax = 32;

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/offers", Roles.SellerOrAdministrator, GatewayJson.Default.OfferBody, CreateAsync)
            .Named("offers_create").Answers(201, typeof(OfferDocument)).Describe(Tag, "Creates an offer of a plan");
        api.Get("/v1/offers", Roles.Everyone, ListAsync, CatalogLists.OfPlans)
            .Named("offers_list").Answers(200, typeof(OfferPage))
            .Describe(
                Tag, "Lists offers in their newest version, ordered by id",
                "What is archived is listed for its seller and for administrators. Others do not see who shares the money.");
        api.Put("/v1/offers/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.OfferVersionBody, AddVersionAsync)
            .Named("offers_add_version").Answers(200, typeof(OfferDocument))
            .Describe(Tag, "Creates the next version of an offer; running subscriptions keep theirs");
        api.Get("/v1/offers/{id}", Roles.Everyone, GetAsync)
            .Named("offers_get").Answers(200, typeof(OfferDocument)).Describe(Tag, "Shows the newest version of an offer");
        api.Post(
                "/v1/offers/{id}/archive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => ArchiveAsync(call, archived: true), SubscriptionCommandRoutes.Nothing)
            .Named("offers_archive").Answers(200, typeof(OfferDocument))
            .Describe(Tag, "Hides an offer from new sales; running subscriptions go on");
        api.Post(
                "/v1/offers/{id}/unarchive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => ArchiveAsync(call, archived: false), SubscriptionCommandRoutes.Nothing)
            .Named("offers_unarchive").Answers(200, typeof(OfferDocument)).Describe(Tag, "Puts an archived offer on sale again");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, OfferBody body)
    {
        if (Validate(body) is { } error) return Answers.Problem(error);
        if (await own.FindPlanAsync(call, body.PlanId) is not { } plan) return Answers.Problem(ApiErrors.NotFound("plan", "plan_id"));

        var id = body.Id ?? ids.New("offer_", call.Tenant, call.Key);
        var offer = OfferRequest.Apply(body, new Offer(id, 1, body.PlanId, body.Amount, body.Currency));
        return await creation.CreateAsync(
            call, CatalogKind.Offer, await callers.SellerOfAsync(plan.ProductId, call.Aborted), body.Id, offer.Id, offer, catalog.AddAsync,
            token => FindFirstVersionAsync(offer.Id, token), OfferDocument.From, GatewayJson.Default.OfferDocument);
    }

    private async ValueTask<Shelved<Offer>?> FindFirstVersionAsync(string id, CancellationToken cancellationToken) =>
        await shelf.FindOfferAsync(id, cancellationToken) is { } found &&
            await catalog.FindTermsAsync(id, 1, cancellationToken) is { } first
            ? found with { Entry = first.Offer, Revision = 1 }
            : null;

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

            // A try that died before it answered has made this version.
            if (call.IsSecondTry && IsSame(OfferRequest.Apply(body, newest), newest)) return await ShowAsync(call, newest);
            if (!call.Expects(newest.Version)) return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));

            var next = OfferRequest.Apply(body, newest) with { Version = newest.Version + 1 };
            if (await RefuseVersionAsync(call, terms.Product.SellerId, next) is { } full) return Answers.Problem(full);
            if (await catalog.AddAsync(next, call.Aborted)) return await ShowAsync(call, next);
        }

        return Answers.Problem(new ApiError(409, "conflict", "Other edits of this offer kept winning; try again."));
    }

    private async ValueTask<ApiError?> RefuseVersionAsync(ApiCall call, string sellerId, Offer next) =>
        room.ValidateSize(CatalogKind.OfferVersion, OfferDocument.From(new Shelved<Offer>(next)), GatewayJson.Default.OfferDocument)
            ?? await room.RefuseMoreAsync(sellerId, CatalogKind.OfferVersion, call.Aborted);

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = CatalogLists.ReadSold(call);
        var (page, next, error) = await CatalogLists.PageAsync(call, filter, shelf.ListOffersAsync, static offer => offer.Id);
        if (error is not null) return Answers.Problem(error);
        var shown = ImmutableArray.CreateBuilder<OfferDocument>(page.Count);
        foreach (var offer in page)
            shown.Add(await OwnsAsync(call, offer.Entry) ? OfferDocument.From(offer) : OfferDocument.InPublic(offer));
        return Answers.Json(StatusCodes.Status200OK, new OfferPage(shown.MoveToImmutable(), next), GatewayJson.Default.OfferPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        if (await callers.FindOfferAsync(call) is not { } offer) return Answers.Problem(ApiErrors.NotFound("offer"));
        return Show(await OwnsAsync(call, offer.Entry) ? OfferDocument.From(offer) : OfferDocument.InPublic(offer));
    }

    /// <summary>An offer's versions are what it sells, so archiving it makes none.</summary>
    private async ValueTask<IResult> ArchiveAsync(ApiCall call, bool archived)
    {
        if (await own.FindOfferAsync(call, call.Id) is null) return Answers.Problem(ApiErrors.NotFound("offer"));
        await shelf.ArchiveOfferAsync(call.Id, archived ? edits.Now : null, call.Aborted);
        catalog.ForgetNewest(call.Id);
        return await shelf.FindOfferAsync(call.Id, call.Aborted) is { } offer
            ? Show(OfferDocument.From(offer))
            : throw new InvalidOperationException($"Offer '{call.Id}' was archived, but is not stored.");
    }

    private async ValueTask<bool> OwnsAsync(ApiCall call, Offer offer) => call.Caller.Role switch
    {
        Role.Administrator => true,
        Role.Seller => CallersShelf.Owns(call, await callers.SellerOfPlanAsync(offer.PlanId, call.Aborted)),
        _ => false,
    };

    private async ValueTask<IResult> ShowAsync(ApiCall call, Offer version) =>
        await shelf.FindOfferAsync(call.Id, call.Aborted) is { } offer
            ? Show(OfferDocument.From(offer with { Entry = version }))
            : throw new InvalidOperationException($"Offer '{call.Id}' has a version, but is not stored.");

    private static IResult Show(OfferDocument document) =>
        Answers.Json(StatusCodes.Status200OK, document, GatewayJson.Default.OfferDocument, version: document.Version);

    private static bool IsSame(Offer one, Offer other) => BytesOf(one).AsSpan().SequenceEqual(BytesOf(other));

    private static byte[] BytesOf(Offer offer) =>
        JsonSerializer.SerializeToUtf8Bytes(OfferDocument.From(new Shelved<Offer>(offer)), GatewayJson.Default.OfferDocument);

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
