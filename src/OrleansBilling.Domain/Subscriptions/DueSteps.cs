using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Does the work that is due by now, in order. One decision crosses at most one period boundary. Missed time is caught up
/// with one commit per period, so each period gets its own invoice and dates.
/// </summary>
internal static class DueSteps
{
    private const int StepsMax = 32;

    public static void Run(Draft draft)
    {
        var crossed = false;
        for (var step = 0; step < StepsMax; step++)
        {
            if (NextOf(draft) is not { } due || due.At > draft.Now) return;
            if (due.Kind is DueKind.Boundary or DueKind.Resume)
            {
                if (crossed) return;
                crossed = true;
            }

            Do(draft, due);
        }
    }

    /// <summary>
    /// Does the due work before a command that depends on the running period. The command is refused if more is due than one
    /// decision can do.
    /// </summary>
    public static Refusal? CatchUp(Draft draft)
    {
        if (!IsLate(draft)) return null;
        Run(draft);
        return IsLate(draft) ? Refusal.CatchingUp : null;
    }

    /// <summary>The end of a trial is not announced after it has come.</summary>
    private static DueWork? NextOf(Draft draft)
    {
        var state = draft.State;
        var next = DueWork.Next(state);
        return next is { Kind: DueKind.AnnounceTrialEnd } && state.TrialEnd <= draft.Now
            ? DueWork.Next(state with { AnnounceAt = null })
            : next;
    }

    private static bool IsLate(Draft draft) => DueWork.Next(draft.State) is { } due && due.At <= draft.Now;

    private static void Do(Draft draft, DueWork due)
    {
        switch (due.Kind)
        {
            case DueKind.Cancellation:
                CancellationRules.CancelScheduled(draft);
                break;
            case DueKind.GiveUp:
                DunningRules.Exhaust(draft, due.Invoice);
                break;
            case DueKind.Boundary:
                CrossBoundary(draft, due.At);
                break;
            case DueKind.Attempt:
                DunningRules.AttemptDue(draft, draft.State.FindOpenInvoice(due.Invoice)!);
                break;
            case DueKind.AskRefund:
                PaymentRules.AskAgain(draft, draft.State.FindRefund(due.Invoice, due.Refund)!);
                break;
            case DueKind.AskCharge:
                PaymentRules.AskAgain(draft, draft.State.Charge!);
                break;
            case DueKind.Resume:
                PauseRules.End(draft, due.At);
                break;
            case DueKind.RemindOfVoucher:
                VoucherRules.Remind(draft);
                break;
            case DueKind.Alert:
                Alert(draft);
                break;
            case DueKind.AnnounceTrialEnd:
                draft.Add(new SubscriptionEvent.TrialEndAnnounced { At = draft.Now, End = draft.State.TrialEnd!.Value });
                break;
            default:
                throw new InvalidOperationException($"Unknown kind of due work: {due.Kind}.");
        }
    }

    private static void CrossBoundary(Draft draft, Instant at)
    {
        switch (draft.State.Status)
        {
            case SubscriptionStatus.Pending when draft.State.TrialDays > 0:
                var end = BillingCalendar.PlusDays(at, draft.State.TrialDays, draft.Terms.Zone);
                draft.Add(
                    new SubscriptionEvent.TrialStarted
                    {
                        At = draft.Now, Start = at, End = end, AlertAt = RecurrenceRules.AlertAt(draft.Terms, at, end),
                        AnnounceAt = Instant.Max(at, TrialRules.AnnounceAt(draft, end)),
                    });
                break;
            case SubscriptionStatus.Pending:
                RecurrenceRules.StartTerm(draft, at);
                break;
            case SubscriptionStatus.Trialing:
                TrialRules.ReachEnd(draft, at);
                break;
            default:
                Renew(draft);
                break;
        }
    }

    private static void Renew(Draft draft)
    {
        if (CancellationRules.CancelIfTooMuchIsOwed(draft)) return;
        var last = draft.State.ScheduledChange is null && RecurrenceRules.IsLastOfTerm(draft.State, draft.Terms.Plan);
        var end = draft.State.CurrentPeriod!.End;

        // A period that was lengthened after the pause was requested may end after the pause would.
        if (draft.State.PauseScheduled?.Until <= end) draft.Add(new SubscriptionEvent.PauseUndone { At = draft.Now });
        if (draft.State.PauseScheduled is { } pause && !last) PauseRules.Begin(draft, end, pause.Until);
        else if (draft.State.ScheduledChange is not null) RenewChanged(draft);
        else if (last) RecurrenceRules.EndTerm(draft);
        else RecurrenceRules.StartNext(draft);
    }

    /// <summary>Applies the scheduled change first. Usage before it is priced on the old terms.</summary>
    private static void RenewChanged(Draft draft)
    {
        var at = draft.State.CurrentPeriod!.End;
        var settled = InvoiceRules.WaitingAndUsage(draft.State, draft.Terms, at);
        var otherInterval = PlanChangeRules.ApplyScheduled(draft);
        if (otherInterval) RecurrenceRules.StartTerm(draft, at, new RecurrenceStart(NewTerm: true, Settled: settled));
        else if (RecurrenceRules.IsLastOfTerm(draft.State, draft.Terms.Plan)) RecurrenceRules.EndTerm(draft, settled);
        else RecurrenceRules.StartNext(draft, new RecurrenceStart(Settled: settled));
    }

    private static void Alert(Draft draft)
    {
        var state = draft.State;
        var renewsAt = state.Status == SubscriptionStatus.Trialing ? state.TrialEnd!.Value : state.CurrentPeriod!.End;
        var next = Forecast.Next(draft, renewsAt);
        draft.Add(new SubscriptionEvent.RenewalAlerted { At = draft.Now, RenewsAt = renewsAt, Amount = next.Charge, Total = next.Total });
    }
}
