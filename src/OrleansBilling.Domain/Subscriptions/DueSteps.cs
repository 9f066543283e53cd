using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What time does to a subscription. Works off what is due by now, in order. At most one period boundary a decision:
/// missed time is caught up one commit a period, each with its own invoice and its own dates.
/// </summary>
internal static class DueSteps
{
    private const int StepsMax = 32;

    public static void Run(Draft draft)
    {
        var crossed = false;
        for (var step = 0; step < StepsMax; step++)
        {
            if (DueWork.Next(draft.State) is not { } due || due.At > draft.Now) return;
            if (due.Kind == DueKind.Boundary)
            {
                if (crossed) return;
                crossed = true;
            }

            Do(draft, due);
        }
    }

    private static void Do(Draft draft, DueWork due)
    {
        switch (due.Kind)
        {
            case DueKind.Cancellation:
                CancellationRules.CancelNow(draft, draft.State.CancellationScheduled!.Cancellation);
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
                PaymentRules.AskAgain(draft, draft.State.Refund!);
                break;
            case DueKind.AskCharge:
                PaymentRules.AskAgain(draft, draft.State.Charge!);
                break;
            default:
                throw new InvalidOperationException($"{due.Kind} is not known.");
        }
    }

    private static void CrossBoundary(Draft draft, Instant at)
    {
        switch (draft.State.Status)
        {
            case SubscriptionStatus.Pending when draft.State.TrialDays > 0:
                var end = BillingCalendar.PlusDays(at, draft.State.TrialDays, draft.Terms.Zone);
                draft.Add(new SubscriptionEvent.TrialStarted { At = draft.Now, Start = at, End = end });
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
        // Left past due for this long, nobody will pay; without an end, the state would grow by an invoice a period.
        if (draft.State.OpenInvoices.Length >= Subscription.OpenInvoicesMax)
        {
            CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "too_many_open_invoices", null));
            return;
        }

        if (RecurrenceRules.IsLastOfTerm(draft.State, draft.Terms.Plan)) RecurrenceRules.EndTerm(draft);
        else RecurrenceRules.StartNext(draft);
    }
}
