using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Lists the credit notes of all subscriptions, newest first. The list is derived from the journal and follows its commits within a second
/// (<see cref="IListProjection"/>).
/// </summary>
public interface ICreditNoteList
{
    /// <summary>Up to <paramref name="limit"/> matching credit notes after a mark; null while the list is being rebuilt.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<ListedCreditNote>?> ListAsync(
        CreditNoteFilter filter, CreditNoteMark? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which credit notes to list. Several values mean any of them; an empty list means all.</summary>
public sealed record CreditNoteFilter
{
    public ImmutableArray<string> SellerIds { get; init; } = [];

    public ImmutableArray<string> CustomerIds { get; init; } = [];

    public ImmutableArray<string> SubscriptionIds { get; init; } = [];

    /// <summary>Numbers in the series of a seller. Each seller has its own.</summary>
    public ImmutableArray<long> Numbers { get; init; } = [];

    public InstantRange Created { get; init; }
}

/// <summary>A credit note's place in the list, which is ordered by these, all descending.</summary>
public readonly record struct CreditNoteMark(Instant CreatedAt, string SubscriptionId, int Ordinal)
{
    public static CreditNoteMark Of(CreditNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return new(note.CreatedAt, note.SubscriptionId, note.Ordinal);
    }
}

/// <summary>A refund of an invoice, as money or as credit of the subscription.</summary>
/// <param name="Ordinal">Counted from 1 within the subscription.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="ToCredit">Whether it became credit of the subscription, not money on the payment method.</param>
/// <param name="Amount">Minor units, including tax.</param>
/// <param name="Tax">The tax in the amount, in minor units.</param>
/// <param name="Reason">A code of the runtime, or the seller's text as an older release stored it.</param>
public sealed record CreditNote(
    string SubscriptionId,
    int Ordinal,
    string SellerId,
    string CustomerId,
    string Currency,
    int Invoice,
    bool ToCredit,
    long Amount,
    long Tax,
    string? Reason,
    Instant CreatedAt)
{
    /// <summary>The sequence under which the seller's own words are stored; null if there are none.</summary>
    public long? ReasonSequence { get; init; }
}

/// <summary>A credit note in the list.</summary>
/// <param name="Number">The number in the seller's series; null until it is assigned.</param>
public sealed record ListedCreditNote(CreditNote Note, long? Number);
