using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Judges commands. One pure switch: state and command in, events or a refusal out. It never throws for a business
/// reason. Refusals are checked in this order: existence and ownership, role, life over, present state, content.
/// </summary>
public static class SubscriptionDecider
{
    /// <summary>Decides <paramref name="command"/> on <paramref name="state"/>, where null is a subscription that does not exist.</summary>
    public static Decision Decide(Subscription? state, SubscriptionCommand command, in DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null && command is not SubscriptionCommand.Subscribe) return Decision.Refuse(Refusal.NotFound, state);
        if (state is not null && !context.Caller.MayTouch(context.Terms.Product.SellerId, state.Customer.Id))
            return Decision.Refuse(command is SubscriptionCommand.Subscribe ? Refusal.AlreadyExists : Refusal.NotFound, state);

        var draft = new Draft(state, context);
        var refusal = command switch
        {
            SubscriptionCommand.Subscribe x => Subscribe(draft, x),
            SubscriptionCommand.Wake => Wake(draft),
            SubscriptionCommand.RecordPayment x => PaymentRules.Record(draft, x),
            SubscriptionCommand.Cancel x => CancellationRules.Cancel(draft, x),
            SubscriptionCommand.Uncancel => CancellationRules.Uncancel(draft),
            SubscriptionCommand.Reactivate x => CancellationRules.Reactivate(draft, x),
            SubscriptionCommand.Retry => DunningRules.Retry(draft),
            SubscriptionCommand.ChangePaymentMethod x => DunningRules.ChangePaymentMethod(draft, x),
            SubscriptionCommand.EndTrial => TrialRules.End(draft),
            SubscriptionCommand.ExtendTrial x => TrialRules.Extend(draft, x),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not known to the decider."),
        };
        return refusal is null ? draft.Accept() : Decision.Refuse(refusal, state);
    }

    private static Refusal? Wake(Draft draft)
    {
        DueSteps.Run(draft);
        return null;
    }

    private static Refusal? Subscribe(Draft draft, SubscriptionCommand.Subscribe command)
    {
        if (draft.StateOrNull is not null) return Refusal.AlreadyExists;
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        if (!draft.Caller.MayTouch(draft.Terms.Product.SellerId, command.Customer.Id)) return Refusal.OfferNotFound;
        if (command.StartAt < draft.Now) return Refusal.StartInPast;
        if (command.StartAt > draft.Now + StartAheadMax) return Refusal.StartTooFar;

        var trialDays = command.TrialDays ?? draft.Terms.Plan.TrialDays;
        if (trialDays > Plan.TrialDaysMax) return Refusal.TrialTooLong with { Field = "trial_days" };
        if (command.PaymentToken is null && trialDays == 0 && draft.Terms.Offer.Amount > 0) return Refusal.PaymentMethodRequired;

        draft.Add(new SubscriptionEvent.Subscribed
        {
            At = draft.Now,
            Id = command.Id,
            OfferId = draft.Terms.Offer.Id,
            OfferVersion = draft.Terms.Offer.Version,
            Customer = command.Customer,
            PaymentToken = command.PaymentToken,
            TrialDays = trialDays,
            StartAt = command.StartAt > draft.Now ? command.StartAt : null,
            Metadata = command.Metadata,
        });
        DueSteps.Run(draft);
        return null;
    }

    private static readonly Duration StartAheadMax = Duration.FromDays(3_653);
}
