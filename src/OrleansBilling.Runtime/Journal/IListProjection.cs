namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Keeps the lists of subscriptions, invoices, credit notes, chargebacks and entries of balances. A commit that changes what they show
/// leaves a note of its subscription. Whoever projects reads the oldest notes, derives the rows of these subscriptions as they are then,
/// and replaces them in the lists together with the notes. A note is seen only when its commit is, so what is derived is never older than
/// the note. Two processes that do this at the same time do no harm.
/// </summary>
public interface IListProjection
{
    /// <summary>The oldest notes of about <paramref name="limit"/> subscriptions, and the subscriptions as they are now.</summary>
    /// <param name="limit">The most subscriptions, besides the rest of the last note.</param>
    /// <param name="settled">Only notes that are at least this old.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<ListNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces rows in the lists and removes the notes, in one transaction. Does nothing if another process has removed any of the
    /// notes: what it wrote may be newer.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> WriteAsync(IReadOnlyList<long> notes, DerivedRows rows, CancellationToken cancellationToken);

    /// <summary>Begins to derive the lists again. Until that ends, they are not shown.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask BeginRebuildAsync(CancellationToken cancellationToken);

    /// <summary>How far the lists are derived again; null if that has ended.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<ListRebuild?> FindRebuildAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The next subscriptions to derive rows from, ordered by id. What is listed of them, and behind the last one of all, is dropped.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
        ListRebuild rebuild, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds rows to the lists and moves on, in one transaction. Keeps what is in them, because a projection after the beginning of the
    /// rebuild has written it. What was committed since the subscriptions were read is noted again. Does nothing if another process was
    /// faster.
    /// </summary>
    /// <param name="rebuild">How far the rebuild was.</param>
    /// <param name="rows">The rows of these subscriptions.</param>
    /// <param name="read">The subscriptions as they were read, ordered by id; empty if none is left, so that the rebuild ends.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask WriteRebuiltAsync(
        ListRebuild rebuild, DerivedRows rows, IReadOnlyList<StoredSubscription> read, CancellationToken cancellationToken);
}

/// <summary>Rows of the lists, ordered by subscription, so that all who write them lock them in one order.</summary>
/// <param name="Entries">Once written, an entry never changes.</param>
/// <param name="CreditNotes">Once written, a credit note never changes.</param>
public sealed record DerivedRows(
    IReadOnlyList<ListedSubscription> Subscriptions,
    IReadOnlyList<BilledInvoice> Invoices,
    IReadOnlyList<BalanceEntry> Entries,
    IReadOnlyList<CreditNote> CreditNotes,
    IReadOnlyList<Chargeback> Chargebacks)
{
    public static DerivedRows None { get; } = new([], [], [], [], []);

    /// <summary>The rows of several subscriptions, in their order.</summary>
    public static DerivedRows Together(IReadOnlyList<DerivedRows> parts) => new(
        [.. parts.SelectMany(one => one.Subscriptions)], [.. parts.SelectMany(one => one.Invoices)],
        [.. parts.SelectMany(one => one.Entries)], [.. parts.SelectMany(one => one.CreditNotes)],
        [.. parts.SelectMany(one => one.Chargebacks)]);
}

/// <summary>Notes of commits, and the subscriptions that they are about.</summary>
/// <param name="Ids">The notes, oldest first.</param>
/// <param name="Subscriptions">Each subscription once.</param>
/// <param name="OldestAge">The time since the first note was left; zero if there is none.</param>
public sealed record ListNotes(
    IReadOnlyList<long> Ids, IReadOnlyList<StoredSubscription> Subscriptions, TimeSpan OldestAge);

/// <summary>How far a rebuild is.</summary>
/// <param name="Run">The number of the rebuild.</param>
/// <param name="AfterId">The last subscription that is done; empty for none.</param>
public readonly record struct ListRebuild(long Run, string AfterId);
