using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Plans.</summary>
internal static class PlanRoutes
{
    private const string Tag = "Catalog";
    private const int InstallmentsMax = 120;

    public static void MapPlans(this ApiRoutes api)
    {
        api.Post("/v1/plans", Roles.SellerOrAdministrator, GatewayJson.Default.PlanBody, CreateAsync)
            .Answers(201, typeof(PlanDocument)).Describe(Tag, "Creates a plan of a product");
        api.Get("/v1/plans/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Answers(200, typeof(PlanDocument)).Describe(Tag, "Shows a plan");
    }

    /// <summary>The plan, if the caller may know of it.</summary>
    public static async ValueTask<Plan?> FindOwnAsync(ApiCall call, string planId)
    {
        if (!Ids.IsValid(planId)) return null;
        var plan = await call.Services.Catalog.FindPlanAsync(planId, call.Aborted);
        return plan is not null && await ProductRoutes.FindOwnAsync(call, plan.ProductId) is not null ? plan : null;
    }

    private static async ValueTask<IResult> CreateAsync(ApiCall call, PlanBody body)
    {
        if (Refuse(body) is { } error) return Answers.Problem(error);
        if (await ProductRoutes.FindOwnAsync(call, body.ProductId) is null) return Answers.Problem(ApiErrors.NotFound("product", "product_id"));

        var plan = new Plan(
            call.NewId(body.Id, "plan_"),
            body.ProductId,
            body.Name,
            new BillingInterval(body.Interval.Unit, body.Interval.Count),
            body.TrialDays ?? 0,
            body.Recurrences,
            body.Dunning is null ? null : DunningRequest.ToPolicy(body.Dunning));
        var catalog = call.Services.Catalog;
        return await CatalogCreation.CreateAsync(
            call, "plan", body.Id, plan, catalog.AddAsync, token => catalog.FindPlanAsync(plan.Id, token),
            PlanDocument.From, GatewayJson.Default.PlanDocument);
    }

    private static async ValueTask<IResult> GetAsync(ApiCall call) =>
        await FindOwnAsync(call, call.Id) is { } plan
            ? Answers.Json(StatusCodes.Status200OK, PlanDocument.From(plan), GatewayJson.Default.PlanDocument)
            : Answers.Problem(ApiErrors.NotFound("plan"));

    private static ApiError? Refuse(PlanBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.ProductId, "product_id");
        check.Text(body.Name, "name", Check.NameCharactersMax);
        check.Range(body.Interval.Count, "interval.count", 1, BillingInterval.CountMax(body.Interval.Unit));
        check.Range(body.TrialDays, "trial_days", 0, Plan.TrialDaysMax);
        check.Range(body.Recurrences, "recurrences", 1, Plan.RecurrencesMax);
        check.Range(body.Installments, "installments", 1, InstallmentsMax);
        if (body.Installments > 1) check.Fail(new ApiError(422, "not_supported", "More than one installment is not supported yet.", "installments"));
        DunningRequest.Check(ref check, body.Dunning);
        return check.Error;
    }
}
