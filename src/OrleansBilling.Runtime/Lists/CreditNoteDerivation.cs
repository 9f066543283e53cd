using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>
/// The credit notes of one subscription, event by event. For a refund, the request has the tax and the reason; only a refund that succeeded
/// has a credit note.
/// </summary>
public sealed class CreditNoteDerivation(SubscriptionView view)
{
    private readonly Dictionary<(int Invoice, int Refund), SubscriptionEvent.RefundRequested> asked = [];

    /// <summary>Whether an event may have to do with a credit note.</summary>
    public static bool IsWanted(Type type) =>
        type == typeof(SubscriptionEvent.RefundRequested) || type == typeof(SubscriptionEvent.RefundSucceeded) ||
            type == typeof(SubscriptionEvent.CreditGranted);

    /// <summary>The credit note that the next event issued; null if it issued none.</summary>
    public CreditNote? Add(SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.RefundRequested x:
                asked[(x.Invoice, x.Refund)] = x;
                return null;

            // Events of older versions have no credit note.
            case SubscriptionEvent.RefundSucceeded { CreditNote: > 0 } x:
                var request = asked[(x.Invoice, x.Refund)];
                return Of(x, x.CreditNote, x.Invoice, toCredit: false, x.Amount, request.Tax, (request.Reason, request.ReasonSequence));
            case SubscriptionEvent.CreditGranted x:
                return Of(x, x.CreditNote, x.Invoice, toCredit: true, x.Amount, x.Tax, (x.Reason, x.ReasonSequence));
            default:
                return null;
        }
    }

    private CreditNote Of(
        SubscriptionEvent e, int ordinal, int invoice, bool toCredit, long amount, long tax, (string? Code, long? Sequence) reason) => new(
        view.State.Id, ordinal, view.Terms.Product.SellerId, view.State.Customer.Id, view.Terms.Offer.Currency, invoice, toCredit, amount,
        tax, reason.Code, e.At) { ReasonSequence = reason.Sequence };
}
