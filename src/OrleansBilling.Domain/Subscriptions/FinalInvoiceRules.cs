using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>One final invoice for everything that is used and not yet billed when a subscription ends. It is tried once.</summary>
internal static class FinalInvoiceRules
{
    /// <summary>
    /// Issues the invoice if there is something to bill or credit: the given lines, or usage and waiting lines on the current
    /// terms.
    /// </summary>
    public static void Issue(Draft draft, ImmutableArray<InvoiceLine>? settled = null)
    {
        var state = draft.State;
        if (state.CurrentPeriod is not { } period || state.OpenInvoices.Length >= Subscription.OpenInvoicesMax) return;
        var lines = settled ?? InvoiceRules.WaitingAndUsage(state, draft.Terms, state.ServedUntil(draft.Now));
        if (lines.IsEmpty || lines.Sum(line => line.Amount) == 0) return;
        InvoiceRules.IssueExtra(draft, new SubscriptionEvent.InvoiceIssued
        {
            At = draft.Now,
            Reason = InvoiceReason.FinalUsage,
            Period = period,
            Invoice = InvoiceRules.Issue(state, draft.Terms, lines),
        });
    }

    /// <summary>
    /// Issues the invoice and charges it at once, before the subscription ends and closes all other open invoices. If another
    /// charge is in flight, the invoice waits for it and its number is returned; otherwise returns 0.
    /// </summary>
    public static int IssueAndCharge(Draft draft)
    {
        var issued = draft.State.InvoiceCount;
        Issue(draft);
        var state = draft.State;
        if (state.InvoiceCount == issued || state.FindOpenInvoice(state.InvoiceCount) is not { } open) return 0;
        if (state.Charge is not null) return open.Number;
        if (CanPayNow(draft)) PaymentRules.RequestCharge(draft, open, scheduledRetry: false);
        return 0;
    }

    /// <summary>Another charge has ended: charges the invoice that waited for it, or closes it if no payment method can pay it.</summary>
    public static void ChargeWhatWaits(Draft draft)
    {
        var state = draft.State;
        if (state is not { HasEnded: true, Charge: null } || state.OpenInvoices.IsEmpty) return;
        var waiting = state.OpenInvoices[0];
        if (CanPayNow(draft)) PaymentRules.RequestCharge(draft, waiting, scheduledRetry: false);
        else CancellationRules.CloseAfterEnd(draft, waiting);
    }

    /// <summary>The final invoice is not retried, so it is not charged if the attempt limit of the payment method is reached.</summary>
    private static bool CanPayNow(Draft draft) =>
        draft.State is { PaymentToken: { } token, PaymentBlocked: false } && DunningRules.EarliestAttempt(draft, token) is null;
}
