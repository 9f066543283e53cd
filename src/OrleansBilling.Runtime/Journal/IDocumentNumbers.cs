namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Gapless numbers per seller and kind of document, counted from 1. Commits only say that a document was issued; numbers
/// are given afterwards, outside the charge path, by one process at a time.
/// </summary>
public interface IDocumentNumbers
{
    /// <summary>Numbers up to <paramref name="limit"/> waiting documents in one transaction; answers how many.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The numbers of a subscription's documents; those that wait are missing.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(string subscriptionId, CancellationToken cancellationToken);
}

/// <summary>Kinds of documents; each has a series of its own. The numbers are stored: never reuse one.</summary>
public enum DocumentKind
{
    /// <summary>An invoice.</summary>
    Invoice = 1,

    /// <summary>A credit note.</summary>
    CreditNote = 2,
}

/// <summary>A document of one subscription.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Ordinal">Its number within the subscription and kind.</param>
/// <param name="SellerId">In whose series it is numbered.</param>
public readonly record struct IssuedDocument(DocumentKind Kind, int Ordinal, string SellerId);
