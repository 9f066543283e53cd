using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// The customer's bank takes a charge back: recorded, shares reversed, credit set off against it (it may well have been
/// made of that money), and the policy decides what follows.
/// </summary>
internal static class ChargebackRules
{
    public static Refusal? Record(Draft draft, SubscriptionCommand.RecordChargeback command)
    {
        if (draft.Caller.Role is Role.Customer or Role.Seller) return Refusal.ForAdministrators;
        if (draft.Invoices.FirstOrDefault(one => one.Number == command.Invoice) is not { } invoice) return Refusal.InvoiceNotFound;
        if (invoice.Captures.FirstOrDefault(one => one.Attempt == command.Attempt) is not { } capture) return Refusal.PaymentNotFound;

        // Whether that money goes back is not known yet; the provider says it again.
        if (draft.State.Refunds.Any(refund => refund.Invoice == invoice.Number && refund.ChargeAttempt == command.Attempt)) return Refusal.RefundInFlight;

        // What went back to the payment method is not there any more; what became credit of the subscription is.
        var amount = capture.Amount - capture.Returned + capture.Credited;
        if (capture.ChargedBack || amount == 0) return null;
        var credit = Math.Min(draft.State.Credit, amount);
        draft.Add(new SubscriptionEvent.ChargedBack
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = capture.Attempt,
            Amount = amount,
            CreditTaken = credit,
            Period = capture.Late ? 0 : invoice.Period.Index,
            Reason = command.Reason,
            Postings = Postings.ChargedBack(amount, RevenueSplits.GivenBack(capture.Shares, capture.SharesReturned, capture.Amount, capture.Amount), credit),
        });
        if (draft.Terms.Product.OnChargeback == ChargebackAction.Cancel && !draft.State.HasEnded)
            CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "chargeback", null));
        return null;
    }
}
