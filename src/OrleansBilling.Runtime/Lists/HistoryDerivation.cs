using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>
/// All rows of one subscription: events are added in order, up to the version of its snapshot, and then the rows are complete. One pass
/// over a history serves all lists.
/// </summary>
public sealed class HistoryDerivation(SubscriptionView view)
{
    private readonly List<Invoice> invoices = [];
    private readonly List<BalanceEntry> entries = [];
    private readonly List<CreditNote> notes = [];
    private readonly CreditNoteDerivation noting = new(view);

    public DerivedRows Rows => new(
        [SubscriptionDerivation.Of(view)], [.. invoices.Select(invoice => InvoiceDerivation.Of(view, invoice))], entries, notes,
        [.. ChargebackDerivation.All(view, invoices)]);

    /// <summary>The rows of a history whose events are complete but for usage; null if it ends before the snapshot does.</summary>
    public static DerivedRows? TryAll(SubscriptionView view, IReadOnlyList<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0 || events[^1].Sequence < view.State.Version) return null;
        var derivation = new HistoryDerivation(view);
        foreach (var stored in events)
        {
            if (stored.Sequence > view.State.Version) break;
            derivation.Add(new RecordedEvent(stored.Sequence, SubscriptionCodec.Decode(stored)));
        }

        return derivation.Rows;
    }

    public void Add(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        InvoiceBook.Apply(invoices, recorded.Event);
        entries.AddRange(BalanceEntryDerivation.Of(view, recorded));
        if (noting.Add(recorded.Event) is { } note) notes.Add(note);
    }
}
