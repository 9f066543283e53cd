using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Converts simulations to documents. The state is read once, so that status and result are consistent.</summary>
internal static class SimulationDocuments
{
    private const decimal PerPercent = 1_000;

    public static SimulationDocument Summary(Simulation simulation) => Fill(simulation, simulation.State);

    public static AnsweredSimulationDocument Answer(Simulation simulation)
    {
        var state = simulation.State;
        return Fill(simulation, state) with { Result = state.Result is { } result ? SimulationResultDocument.From(result) : null };
    }

    private static AnsweredSimulationDocument Fill(Simulation simulation, SimulationState state)
    {
        var question = simulation.Question;
        return new AnsweredSimulationDocument
        {
            Id = simulation.Id,
            Status = state.Status,
            Progress = new SimulationProgressDocument(simulation.SubscriptionsDone, simulation.SubscriptionsTotal, question.Months),
            Error = state.Failure is { } failure ? new SimulationErrorDocument(failure.Code, failure.Detail) : null,
            Seed = question.Seed,
            From = question.From,
            Months = question.Months,
            Scope = new SimulationScopeDocument(
                question.Scope.SellerId, question.Scope.ProductId, question.Scope.PlanId, question.Scope.OfferId),
            Changes = ChangesOf(question.Changes),
            Assumptions = AssumptionsOf(question),
            Result = null,
        };
    }

    private static SimulationChangesDocument ChangesOf(WhatIfChanges changes) => new(
        [.. changes.Offers.Select(offer => new OfferChangeDocument(offer.Key, offer.Value.Amount, offer.Value.MilliPercent / PerPercent))],
        changes.Dunning is { } dunning
            ? new DunningChangeDocument(
                dunning.MaxRetries, dunning.WindowDays, dunning.ScheduleDays, dunning.MoveBillingDate, dunning.OnExhausted)
            : null,
        changes.AppliesTo);

    private static SimulationAssumptionsDocument AssumptionsOf(WhatIfQuestion question)
    {
        var assumptions = question.Assumptions;
        return new SimulationAssumptionsDocument(
            assumptions.PaymentSuccess / PerPercent,
            assumptions.RetrySuccess / PerPercent,
            assumptions.MonthlyChurn / PerPercent,
            assumptions.History is { } history ? new ChurnHistoryDocument(
                    history.Period.From, history.Period.To, history.Canceled, history.Involuntary, history.CurrentAtStart, history.New,
                    history.Reactivated) : null,
            new ChurnResponseDocument(assumptions.ChurnPerPrice / PerPercent),
            question.SubscriptionsMax);
    }
}
