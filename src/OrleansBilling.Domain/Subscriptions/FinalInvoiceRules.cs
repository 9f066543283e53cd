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
        });
    }

    /// <summary>
    /// Issues it and asks the provider at once, before the subscription ends and closes what is not in flight. Where
    /// another charge is in flight it waits for that; answers its number then, and 0 otherwise.
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

    /// <summary>The charge that it waited for is over: now it is tried, or closed where nothing could pay it.</summary>
    public static void ChargeWhatWaits(Draft draft)
    {
        var state = draft.State;
        if (state is not { HasEnded: true, Charge: null } || state.OpenInvoices.IsEmpty) return;
        var waiting = state.OpenInvoices[0];
        if (CanPayNow(draft)) PaymentRules.RequestCharge(draft, waiting, scheduledRetry: false);
        else CancellationRules.CloseAfterEnd(draft, waiting);
    }

    /// <summary>There is no later for the last charge: what the card schemes' limits put off is not tried.</summary>
    private static bool CanPayNow(Draft draft) =>
        draft.State is { PaymentToken: { } token, PaymentBlocked: false } && DunningRules.EarliestAttempt(draft, token) is null;
}
