using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// What-if simulations on the live book. Every gateway knows all of them until newer ones replace them; for as long, a
/// repeated key finds its simulation. Each seller may have one waiting simulation, and sellers take turns.
/// </summary>
internal sealed class SimulationRoutes(
    Simulations simulations, CallersCatalog catalog, IStatisticsStore statistics, StatisticsCalendar calendar, IClock clock,
    Ids ids) : IRouteGroup
{
    private const string Tag = "Simulations";
    private const int RetryAfterSeconds = 10;

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/simulations", Roles.SellerOrAdministrator, GatewayJson.Default.SimulationBody, AskAsync)
            .Named("simulations_create").Answers(202, typeof(AnsweredSimulationDocument))
            .Describe(Tag, "Simulates a private copy of the book, unchanged and with other prices or dunning, without new sign-ups");
        api.Get("/v1/simulations/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("simulations_get").Answers(200, typeof(AnsweredSimulationDocument))
                .Describe(Tag, "Shows the progress of a simulation, and its result once it is done");
        api.Get("/v1/simulations", Roles.SellerOrAdministrator, ListAsync)
            .Named("simulations_list").Answers(200, typeof(SimulationList))
                .Describe(
                    Tag,
                    "Lists simulations without their results, newest first; the latest 20 of each seller are kept " +
                    "for 30 days");
        api.Delete("/v1/simulations/{id}", Roles.SellerOrAdministrator, CancelAsync)
            .Named("simulations_cancel").AnswersNothing()
            .Describe(Tag, "Cancels a waiting or running simulation; one that has ended stays as it is");
    }

    private async ValueTask<IResult> AskAsync(ApiCall call, SimulationBody body)
    {
        if (SimulationRequest.Validate(body) is { } error) return Answers.Problem(error);
        var scope = new DirectoryFilter
        {
            SellerId = CallerScope.SellerId(call, body.SellerId), ProductId = body.ProductId, PlanId = body.PlanId, OfferId = body.OfferId,
        };
        if (call.Query.Error is { } foreign) return Answers.Problem(foreign);
        var id = ids.New("sim_", call.Tenant, call.Key);
        if (await simulations.FindAsync(id, call.Aborted) is { } known) return Repeat(call, known);
        if (await FindMissingOfferAsync(call, body.Changes) is { } missing) return Answers.Problem(missing);

        var now = clock.GetCurrentInstant();
        var today = await calendar.TodayAsync(StatisticsFilter.Of(scope), call.Aborted);
        var book = await BookStatistics.ReadAsync(statistics, scope, today, call.Aborted);
        var question = new WhatIfQuestion
        {
            Seed = body.Seed ?? 1,
            From = now,
            Months = body.Months,
            Scope = scope,
            Changes = SimulationRequest.ToChanges(body.Changes),
            Assumptions = SimulationRequest.ToAssumptions(body, book.Churn),
            BookSize = book.Size,
            SubscriptionsMax = body.SubscriptionsMax ?? WhatIfQuestion.SubscriptionsLimit,
        };
        var submission = await simulations.SubmitAsync(
            id, new SimulationOrigin(call.Tenant, call.Fingerprint), question, call.Aborted);
        return submission.Outcome switch
        {
            SubmissionOutcome.Taken => Show(StatusCodes.Status202Accepted, submission.Simulation),
            SubmissionOutcome.Known => Repeat(call, submission.Simulation),
            SubmissionOutcome.Full => Answers.Problem(TooMany),
            _ => throw new InvalidOperationException($"{submission.Outcome} is not known."),
        };
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await FindOwnAsync(call) is { } simulation ? Show(StatusCodes.Status200OK, simulation) : Answers.Problem(NotFound);

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var owner = call.Caller.Role == Role.Administrator ? null : call.Tenant;
        var list = new SimulationList(
            [.. (await simulations.ListAsync(owner, call.Aborted)).Select(SimulationDocuments.Summary)]);
        return Answers.Json(StatusCodes.Status200OK, list, GatewayJson.Default.SimulationList);
    }

    private async ValueTask<IResult> CancelAsync(ApiCall call)
    {
        if (await FindOwnAsync(call) is not { } simulation) return Answers.Problem(NotFound);
        await simulations.CancelAsync(simulation.Id, call.Aborted);
        return Answers.NoContent;
    }

    /// <summary>The error for the first changed offer that does not exist or belongs to another seller.</summary>
    private async ValueTask<ApiError?> FindMissingOfferAsync(ApiCall call, SimulationChangesBody changes)
    {
        var offers = SimulationRequest.OffersOf(changes);
        for (var n = 0; n < offers.Count; n++)
        {
            if (await catalog.FindOfferAsync(call, offers[n].OfferId) is null)
                return ApiErrors.NotFound("offer", $"{SimulationRequest.OfferField(n)}.offer_id");
        }

        return null;
    }

    private static IResult Repeat(ApiCall call, Simulation known) => known.Origin.Fingerprint == call.Fingerprint
        ? Show(StatusCodes.Status202Accepted, known, replayed: true)
        : Answers.Problem(ApiErrors.From(Refusal.KeyReused));

    private async ValueTask<Simulation?> FindOwnAsync(ApiCall call) =>
        Ids.IsValid(call.Id) && await simulations.FindAsync(call.Id, call.Aborted) is { } simulation &&
            IsOwn(call, simulation) ? simulation : null;

    /// <summary>Sellers see their own simulations; administrators see all.</summary>
    private static bool IsOwn(ApiCall call, Simulation simulation) =>
        call.Caller.Role == Role.Administrator || simulation.Origin.Owner == call.Tenant;

    private static IResult Show(int status, Simulation simulation, bool replayed = false) =>
        Answers.Json(status, SimulationDocuments.Answer(simulation), GatewayJson.Default.AnsweredSimulationDocument, replayed);

    private static ApiError NotFound => ApiErrors.NotFound("simulation");

    private static ApiError TooMany => new(
        429, "too_many_simulations", "You already have a waiting simulation; try again when it has started.", null, RetryAfterSeconds);
}
