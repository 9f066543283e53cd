using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Trials have no invoice. At the end the first paid period starts and is charged.</summary>
internal static class TrialRules
{
    /// <summary>As other billing systems do.</summary>
    private const int AnnouncedDaysAhead = 3;

    public static Refusal? End(Draft draft)
    {
        if (Check(draft) is { } refusal) return refusal;

        // If the trial's end has passed, it ended then, even if nothing has woken the subscription yet.
        if (draft.State.TrialEnd > draft.Now) draft.Add(new SubscriptionEvent.TrialEndMoved { At = draft.Now, End = draft.Now });
        DueSteps.Run(draft);
        return null;
    }

    public static Refusal? Extend(Draft draft, SubscriptionCommand.ExtendTrial command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        if (Check(draft) is { } refusal) return refusal;
        if (command.Days is <= 0) return Refusal.TrialEndNotLater;
        if (command.Days > Plan.TrialDaysMax) return Refusal.TrialTooLong;
        var state = draft.State;
        var end = command.TrialEnd ?? BillingCalendar.PlusDays(state.TrialEnd!.Value, command.Days!.Value, draft.Terms.Zone);
        if (end <= state.TrialEnd) return Refusal.TrialEndNotLater;
        if (end > BillingCalendar.PlusDays(state.TrialStart!.Value, Plan.TrialDaysMax, draft.Terms.Zone)) return Refusal.TrialTooLong;
        var announceAt = AnnounceAt(draft, end);
        draft.Add(
            new SubscriptionEvent.TrialEndMoved
            {
                At = draft.Now, End = end, AlertAt = RecurrenceRules.AlertAt(draft.Terms, draft.Now, end),
                AnnounceAt = announceAt > draft.Now ? announceAt : state.AnnounceAt,
            });
        return null;
    }

    /// <summary>When the end of a trial is announced. It may lie before the trial's start.</summary>
    public static Instant AnnounceAt(Draft draft, Instant end) =>
        BillingCalendar.PlusDays(end, -AnnouncedDaysAhead, draft.Terms.Zone);

    /// <summary>The trial is over. The first period starts, or, without a payment method, the product's policy applies.</summary>
    public static void ReachEnd(Draft draft, Instant at)
    {
        PlanChangeRules.ApplyScheduled(draft);
        var state = draft.State;
        if (state.PaymentToken is not null || !InvoiceRules.MustPay(draft.Terms.Offer, state.Quantity, state.AddOns))
        {
            RecurrenceRules.StartTerm(draft, at);
            return;
        }

        switch (draft.Terms.Product.TrialWithoutPaymentMethod)
        {
            case TrialWithoutPaymentMethod.Cancel:
                CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "no_payment_method", null));
                break;
            case TrialWithoutPaymentMethod.PastDue:
                RecurrenceRules.StartTerm(draft, at);
                break;
            case TrialWithoutPaymentMethod.Pause:
                draft.Add(new SubscriptionEvent.Paused { At = draft.Now, Reason = PauseReason.NoPaymentMethod });
                break;
            default:
                throw new InvalidOperationException($"Unknown trial policy: {draft.Terms.Product.TrialWithoutPaymentMethod}.");
        }
    }

    private static Refusal? Check(Draft draft)
    {
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (draft.State.Status != SubscriptionStatus.Trialing) return Refusal.NotTrialing;
        return draft.State.CancellationScheduled is null ? null : Refusal.CancellationScheduled;
    }
}
