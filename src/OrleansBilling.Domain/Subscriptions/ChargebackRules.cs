using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// A customer's bank takes a charge back. The chargeback is recorded, the shares are reversed, and the subscription's credit
/// is set off against it, because that credit may come from this charge. The product's policy decides what follows. If the
/// dispute is won, money, shares and credit are restored; the policy's action is not undone. A charge is disputed once:
/// repeated reports change nothing.
/// </summary>
internal static class ChargebackRules
{
    public static Refusal? Record(Draft draft, SubscriptionCommand.RecordChargeback command)
    {
        if (draft.Caller.Role is Role.Customer or Role.Seller) return Refusal.ForAdministrators;
        if (draft.Invoices.FirstOrDefault(one => one.Number == command.Invoice) is not { } invoice) return Refusal.InvoiceNotFound;
        if (invoice.Captures.FirstOrDefault(one => one.Attempt == command.Attempt) is not { } capture) return Refusal.PaymentNotFound;
        if (command.Outcome == DisputeStatus.Open) return capture.Dispute is null ? Take(draft, invoice, capture, command) : null;
        if (command.Outcome == DisputeStatus.Won && capture.Dispute is null) return null;
        if (capture.Dispute is { } dispute) return dispute.Status == DisputeStatus.Open ? Close(draft, command, dispute) : null;
        return Take(draft, invoice, capture, command);
    }

    private static Refusal? Take(Draft draft, Invoice invoice, Capture capture, SubscriptionCommand.RecordChargeback command)
    {
        // The outcome of that refund is not known yet. The provider reports the chargeback again later.
        if (draft.State.Refunds.Any(refund => refund.Invoice == invoice.Number && refund.ChargeAttempt == command.Attempt))
            return Refusal.RefundInFlight;

        // The bank cannot take what was refunded to the payment method, but it can take what became credit.
        var amount = Math.Min(command.Amount ?? long.MaxValue, capture.LeftToBank);
        if (amount <= 0) return null;
        var credit = Math.Min(draft.State.Credit, amount);
        var gone = Math.Min(capture.Amount, capture.Returned + capture.ChargedBack + amount);
        draft.Add(new SubscriptionEvent.ChargedBack
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = capture.Attempt,
            Amount = amount,
            CreditTaken = credit,
            Period = capture.Late ? 0 : invoice.Period.Index,
            OfService = capture.Late
                ? 0
                : ServiceReturns.Of(draft, invoice, Math.Min(amount, capture.Left)) ?? OfCurrentPeriod(draft.State, invoice, amount),
            ServiceInvoice = draft.State.ServiceInvoice,
            Open = command.Outcome == DisputeStatus.Open,
            ReasonSequence = command.Reason is null ? null : draft.TextSequence,
            Postings = Postings.ChargedBack(
                amount, RevenueSplits.GivenBack(capture.Shares, capture.SharesReturned, gone, capture.Amount), credit),
        });
        if (draft.Terms.Product.OnChargeback == ChargebackAction.Cancel && !draft.State.HasEnded)
            CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "chargeback", null));
        return null;
    }

    /// <summary>Money for an earlier period did not pay for the running service.</summary>
    private static long OfCurrentPeriod(Subscription state, Invoice invoice, long amount) =>
        invoice.Period.Index == state.CurrentPeriod?.Index ? amount : 0;

    private static Refusal? Close(Draft draft, SubscriptionCommand.RecordChargeback command, Dispute dispute)
    {
        var won = command.Outcome == DisputeStatus.Won;
        var state = draft.State;

        // If the service was settled again since the dispute, that settlement already excluded this money.
        var ofService = won && state.ServiceInvoice == dispute.ServiceInvoice ? Math.Min(dispute.OfService, state.ServiceReturned) : 0;
        draft.Add(new SubscriptionEvent.ChargebackClosed
        {
            At = draft.Now,
            Invoice = command.Invoice,
            Attempt = command.Attempt,
            Won = won,
            Amount = won ? dispute.Amount : 0,
            CreditReturned = won ? dispute.CreditTaken : 0,
            OfService = ofService,
            Postings = won ? Postings.ChargebackWon(dispute.Amount, dispute.Shares, dispute.CreditTaken) : [],
        });
        return null;
    }
}
