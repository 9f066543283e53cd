using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>What an event moved on the balances of its parties. Pure: an event in, entries out.</summary>
public static class BalanceEntryDerivation
{
    /// <summary>One entry for each party that the event's postings name.</summary>
    /// <param name="view">The subscription. Its seller and currency never change.</param>
    /// <param name="recorded">One of its events.</param>
    public static IEnumerable<BalanceEntry> Of(SubscriptionView view, RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(recorded);
        var e = recorded.Event;
        var postings = Postings.Of(e);
        if (postings.IsEmpty) yield break;
        foreach (var share in Postings.SharesOf(Postings.Summed(postings)))
        {
            var (kind, invoice, creditNote, attempt) = SourceOf(e);
            yield return new BalanceEntry(
                share.PartyId, view.Terms.Product.SellerId, view.State.Id, recorded.Sequence, kind, invoice, creditNote, attempt,
                view.Terms.Offer.Currency, share.Amount, e.At);
        }
    }

    private static (BalanceEntryKind Kind, int Invoice, int? CreditNote, int? Attempt) SourceOf(SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.ChargeSucceeded x => (BalanceEntryKind.Paid, x.Invoice, null, null),
        SubscriptionEvent.LatePaymentReceived x => (BalanceEntryKind.Paid, x.Invoice, null, null),

        // Events of older versions have no credit note.
        SubscriptionEvent.RefundSucceeded x => (BalanceEntryKind.Refunded, x.Invoice, x.CreditNote == 0 ? null : x.CreditNote, null),
        SubscriptionEvent.CreditGranted x => (BalanceEntryKind.Credited, x.Invoice, x.CreditNote, null),
        SubscriptionEvent.ChargedBack x => (BalanceEntryKind.ChargedBack, x.Invoice, null, x.Attempt),
        SubscriptionEvent.ChargebackClosed x => (BalanceEntryKind.ChargebackWon, x.Invoice, null, x.Attempt),
        _ => throw new InvalidOperationException($"{e.GetType().Name} moves a balance, but the list of entries does not know why."),
    };
}
