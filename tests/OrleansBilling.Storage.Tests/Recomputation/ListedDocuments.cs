using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>What the histories say of entries, credit notes and chargebacks, newest first.</summary>
internal sealed record ListedDocuments(List<BalanceEntry> Entries, List<ListedCreditNote> CreditNotes, List<Chargeback> Chargebacks)
{
    public static async Task<ListedDocuments> ExpectAsync(BillingStorage storage, RandomMarket market)
    {
        var (entries, notes, chargebacks) = (new List<BalanceEntry>(), new List<ListedCreditNote>(), new List<Chargeback>());
        foreach (var id in RandomMarket.Ids)
        {
            var steps = await market.ReadHistoryAsync(id);
            var numbers = await storage.Documents.FindAsync(id, CancellationToken.None);
            var opened = new Dictionary<(int Invoice, int Attempt), Chargeback>();
            var requested = new Dictionary<(int Invoice, int Refund), SubscriptionEvent.RefundRequested>();
            foreach (var step in steps)
            {
                entries.AddRange(EntriesOf(id, step));
                if (step.Event is SubscriptionEvent.RefundRequested request) requested[(request.Invoice, request.Refund)] = request;
                if (NoteOf(id, step, requested) is { } note)
                {
                    var document = new IssuedDocument(DocumentKind.CreditNote, note.Ordinal, note.SellerId);
                    notes.Add(new ListedCreditNote(note, numbers.TryGetValue(document, out var number) ? number : null));
                }

                if (step.Event is SubscriptionEvent.ChargedBack charged)
                    opened[(charged.Invoice, charged.Attempt)] = Opened(id, step, charged);
                if (step.Event is SubscriptionEvent.ChargebackClosed closed)
                {
                    var key = (closed.Invoice, closed.Attempt);
                    var status = closed.Won ? DisputeStatus.Won : DisputeStatus.Lost;
                    opened[key] = opened[key] with { Status = status, ClosedAt = closed.At };
                }
            }

            chargebacks.AddRange(opened.Values);
        }

        return new ListedDocuments(
            [.. entries.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.SubscriptionId, StringComparer.Ordinal)
                .ThenByDescending(one => one.Sequence)],
            [.. notes.OrderByDescending(one => one.Note.CreatedAt)
                .ThenByDescending(one => one.Note.SubscriptionId, StringComparer.Ordinal).ThenByDescending(one => one.Note.Ordinal)],
            [.. chargebacks.OrderByDescending(one => one.OpenedAt).ThenByDescending(one => one.SubscriptionId, StringComparer.Ordinal)
                .ThenByDescending(one => one.Invoice).ThenByDescending(one => one.Attempt)]);
    }

    private static IEnumerable<BalanceEntry> EntriesOf(string id, HistoryStep step)
    {
        foreach (var share in Postings.SharesOf(Postings.Of(step.Event)).Where(share => share.Amount != 0))
        {
            var (kind, invoice, note, attempt) = step.Event switch
            {
                SubscriptionEvent.ChargeSucceeded x => (BalanceEntryKind.Paid, x.Invoice, 0, 0),
                SubscriptionEvent.RefundSucceeded x => (BalanceEntryKind.Refunded, x.Invoice, x.CreditNote, 0),
                SubscriptionEvent.CreditGranted x => (BalanceEntryKind.Credited, x.Invoice, x.CreditNote, 0),
                SubscriptionEvent.ChargedBack x => (BalanceEntryKind.ChargedBack, x.Invoice, 0, x.Attempt),
                SubscriptionEvent.ChargebackClosed x => (BalanceEntryKind.ChargebackWon, x.Invoice, 0, x.Attempt),
                _ => throw new InvalidOperationException($"{step.Event} moves a balance"),
            };
            yield return new BalanceEntry(
                share.PartyId, step.Terms.Product.SellerId, id, step.After.Version, kind, invoice, note == 0 ? null : note,
                attempt == 0 ? null : attempt, step.Terms.Offer.Currency, share.Amount, step.Event.At);
        }
    }

    private static CreditNote? NoteOf(
        string id, HistoryStep step, Dictionary<(int Invoice, int Refund), SubscriptionEvent.RefundRequested> requested)
    {
        var (seller, customer, currency) = (step.Terms.Product.SellerId, step.After.Customer.Id, step.Terms.Offer.Currency);
        return step.Event switch
        {
            SubscriptionEvent.RefundSucceeded x => new CreditNote(
                id, x.CreditNote, seller, customer, currency, x.Invoice, false, x.Amount, requested[(x.Invoice, x.Refund)].Tax,
                requested[(x.Invoice, x.Refund)].Reason, x.At)
            {
                ReasonSequence = requested[(x.Invoice, x.Refund)].ReasonSequence,
            },
            SubscriptionEvent.CreditGranted x => new CreditNote(
                id, x.CreditNote, seller, customer, currency, x.Invoice, true, x.Amount, x.Tax, x.Reason, x.At)
            {
                ReasonSequence = x.ReasonSequence,
            },
            _ => null,
        };
    }

    private static Chargeback Opened(string id, HistoryStep step, SubscriptionEvent.ChargedBack charged) => new(
        id, charged.Invoice, charged.Attempt, step.Terms.Product.SellerId, step.After.Customer.Id, step.Terms.Offer.Currency,
        charged.Open ? DisputeStatus.Open : DisputeStatus.Lost, charged.Amount, charged.CreditTaken, charged.Reason, charged.At,
        charged.Open ? null : charged.At)
    {
        ReasonSequence = charged.ReasonSequence,
    };
}
