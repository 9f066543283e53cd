using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Rows in which an older release stored what makes a person known. All calls throw <see cref="JournalUnavailableException"/> when the
/// database does not answer.
/// </summary>
public interface IPersonRows
{
    /// <summary>
    /// The rows of the subscriptions after one id and up to another that may hold a mail address: snapshots, first events, checkpoints.
    /// </summary>
    ValueTask<IReadOnlyList<PersonRow>> FindAsync(string? afterId, string throughId, CancellationToken cancellationToken);

    /// <summary>A page of waiting messages that may hold a mail address, after a position.</summary>
    ValueTask<IReadOnlyList<PersonRow>> FindMessagesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The rows of the subscriptions after one id and up to another that may hold the text of a command: first events in their order, then
    /// snapshots and checkpoints.
    /// </summary>
    ValueTask<IReadOnlyList<PersonRow>> FindTextsAsync(string? afterId, string throughId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores texts, then the rows without them, as <see cref="ReplaceAsync"/> does. What lists derive from these rows is derived again.
    /// </summary>
    ValueTask MoveTextsAsync(IReadOnlyList<StoredText> texts, IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the new content of rows that were found. A snapshot that was replaced in between is left alone: its commit moved the mail
    /// address itself.
    /// </summary>
    ValueTask ReplaceAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken);
}

/// <summary>Where a row stands.</summary>
public enum PersonPlace
{
    Snapshot,
    Event,
    Checkpoint,
    Message,
}

/// <summary>A stored JSON that names a customer.</summary>
/// <param name="SubscriptionId">The subscription; empty for a message.</param>
/// <param name="Number">The version of a snapshot, the sequence of an event or a checkpoint, the position of a message.</param>
/// <param name="Data">UTF-8 JSON.</param>
public readonly record struct PersonRow(PersonPlace Place, string SubscriptionId, long Number, byte[] Data)
{
    /// <summary>The stored name of an event that may hold a text; null otherwise.</summary>
    public string? EventType { get; init; }
}
