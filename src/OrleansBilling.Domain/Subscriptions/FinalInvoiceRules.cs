using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a subscription used and was not billed for yet when it ends: one last invoice, tried once.</summary>
internal static class FinalInvoiceRules
{
    /// <summary>Issues it where there is something to bill or to credit: these lines, or what the present terms make of usage.</summary>
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
            UsageBilled = true,
        });
    }

    /// <summary>Issues it and asks the provider at once, before the subscription ends and closes what is not in flight.</summary>
    public static void IssueAndCharge(Draft draft)
    {
        var issued = draft.State.InvoiceCount;
        Issue(draft);
        var state = draft.State;
        if (state.InvoiceCount == issued || state.Charge is not null || state.PaymentToken is null || state.PaymentBlocked) return;
        if (DunningRules.EarliestAttempt(draft, state.PaymentToken) is not null) return;
        if (state.FindOpenInvoice(state.InvoiceCount) is { } open) PaymentRules.RequestCharge(draft, open, scheduledRetry: false);
    }
}
