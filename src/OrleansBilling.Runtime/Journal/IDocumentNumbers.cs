namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Gapless numbers per seller and kind of document, starting at 1. A commit only records that a document was issued.
/// One process at a time assigns the numbers later, off the charge path.
/// </summary>
public interface IDocumentNumbers
{
    /// <summary>Numbers up to <paramref name="limit"/> waiting documents in one transaction; returns how many it numbered.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The numbers of a subscription's documents. Documents without a number yet are missing.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>
    /// The numbers of up to <see cref="IEventFeed.PageMax"/> documents of any subscriptions, in the order asked for; null where there
    /// is none yet.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<long?>> FindAsync(
        IReadOnlyList<(string SubscriptionId, DocumentKind Kind, int Ordinal)> documents, CancellationToken cancellationToken);
}

/// <summary>Kinds of documents; each has its own number series. The enum values are stored: never reuse one.</summary>
public enum DocumentKind
{
    Invoice = 1,

    CreditNote = 2,
}

/// <summary>A document of one subscription.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Ordinal">The number within the subscription and kind.</param>
/// <param name="SellerId">The seller; each has its own number series.</param>
public readonly record struct IssuedDocument(DocumentKind Kind, int Ordinal, string SellerId);
