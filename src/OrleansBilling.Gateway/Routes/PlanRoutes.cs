using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class PlanRoutes : IRouteGroup
{
    private const string Tag = "Catalog";

    private readonly CatalogCache catalog;
    private readonly ICatalogShelf shelf;
    private readonly CallersCatalog own;
    private readonly CallersShelf callers;
    private readonly CatalogCreation creation;
    private readonly CatalogEdits edits;
    private readonly Ids ids;
    private readonly Editable<Plan, PlanDocument> kind;

    public PlanRoutes(
        CatalogCache catalog, ICatalogShelf shelf, CallersCatalog own, CallersShelf callers, CatalogCreation creation, CatalogEdits edits,
        Ids ids)
    {
        (this.catalog, this.shelf, this.own, this.callers) = (catalog, shelf, own, callers);
        (this.creation, this.edits, this.ids) = (creation, edits, ids);
        kind = new(
            CatalogKind.Plan,
            async call => await own.FindPlanAsync(call, call.Id) is null ? null : await shelf.FindPlanAsync(call.Id, call.Aborted),
            shelf.ReplaceAsync,
            static (_, plan) => new(PlanDocument.From(plan)),
            GatewayJson.Default.PlanDocument);
    }

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/plans", Roles.SellerOrAdministrator, GatewayJson.Default.PlanBody, CreateAsync)
            .Named("plans_create").Answers(201, typeof(PlanDocument)).Describe(Tag, "Creates a plan of a product");
        api.Get("/v1/plans", Roles.Everyone, ListAsync, CatalogLists.OfProducts)
            .Named("plans_list").Answers(200, typeof(PlanPage))
            .Describe(Tag, "Lists plans, ordered by id", "What is archived is listed for its seller and for administrators.");
        api.Get("/v1/plans/{id}", Roles.Everyone, GetAsync)
            .Named("plans_get").Answers(200, typeof(PlanDocument)).Describe(Tag, "Shows a plan");
        api.Patch("/v1/plans/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.PlanPatchBody, PatchAsync)
            .Named("plans_update").Answers(200, typeof(PlanDocument)).Describe(Tag, "Changes a plan; changes bind what comes later");
        api.Post(
                "/v1/plans/{id}/archive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: true), SubscriptionCommandRoutes.Nothing)
            .Named("plans_archive").Answers(200, typeof(PlanDocument))
            .Describe(Tag, "Hides a plan from new sales; running subscriptions go on");
        api.Post(
                "/v1/plans/{id}/unarchive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: false), SubscriptionCommandRoutes.Nothing)
            .Named("plans_unarchive").Answers(200, typeof(PlanDocument)).Describe(Tag, "Puts an archived plan on sale again");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, PlanBody body)
    {
        if (PlanRequest.Validate(body) is { } error) return Answers.Problem(error);
        if (await own.FindProductAsync(call, body.ProductId) is not { } product)
            return Answers.Problem(ApiErrors.NotFound("product", "product_id"));

        var plan = PlanRequest.ToPlan(body, body.Id ?? ids.New("plan_", call.Tenant, call.Key));
        return await creation.CreateAsync(
            call, CatalogKind.Plan, product.SellerId, body.Id, plan.Id, plan, catalog.AddAsync,
            token => shelf.FindPlanAsync(plan.Id, token), PlanDocument.From, GatewayJson.Default.PlanDocument);
    }

    private ValueTask<IResult> PatchAsync(ApiCall call, PlanPatchBody body) => edits.PatchAsync(
        call, kind, GatewayJson.Default.PlanBody, ["product_id", "interval", "recurrences", "installments"], static _ => { },
        static (before, patched) => new(PlanRequest.Validate(patched) is { } error
            ? ((Plan?)null, error)
            : (PlanRequest.ToPlan(patched, before.Id), (ApiError?)null)));

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = CatalogLists.ReadSold(call);
        var (page, next, error) = await CatalogLists.PageAsync(call, filter, shelf.ListPlansAsync, static plan => plan.Id);
        return error is not null
            ? Answers.Problem(error)
            : Answers.Json(
                StatusCodes.Status200OK, new PlanPage([.. page.Select(PlanDocument.From)], next), GatewayJson.Default.PlanPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await callers.FindPlanAsync(call) is { } plan
            ? Answers.Json(
                StatusCodes.Status200OK, PlanDocument.From(plan), GatewayJson.Default.PlanDocument, version: plan.Revision)
            : Answers.Problem(ApiErrors.NotFound("plan"));
}
