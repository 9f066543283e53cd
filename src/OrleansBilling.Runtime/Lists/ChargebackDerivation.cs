using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>The chargebacks of a subscription, as its invoices have them now. Pure: invoices in, chargebacks out.</summary>
public static class ChargebackDerivation
{
    public static IEnumerable<Chargeback> All(SubscriptionView view, IReadOnlyList<Invoice> invoices) =>
        from invoice in invoices
        from capture in invoice.Captures
        where capture.Dispute is not null
        select Of(view, invoice.Number, capture.Attempt, capture.Dispute!);

    /// <param name="view">The subscription, as of the same version as the dispute.</param>
    /// <param name="invoice">The invoice's number.</param>
    /// <param name="attempt">The attempt that had collected the money.</param>
    /// <param name="dispute">How it stands.</param>
    public static Chargeback Of(SubscriptionView view, int invoice, int attempt, Dispute dispute)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(dispute);
        return new Chargeback(
            view.State.Id, invoice, attempt, view.Terms.Product.SellerId, view.State.Customer.Id, view.Terms.Offer.Currency, dispute.Status,
            dispute.Amount, dispute.CreditTaken, dispute.Reason, dispute.OpenedAt, dispute.ClosedAt)
        {
            ReasonSequence = dispute.ReasonSequence,
        };
    }
}
