using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Messages to the outside world (renewal alerts, voucher reminders). They are written in the commit that causes them
/// and kept until the deliverer removes them: delivery is at least once, in order per subscription.
/// </summary>
public interface IOutbox
{
    /// <summary>The most messages in a page, and the most positions that one call removes.</summary>
    const int PageMax = 1_000;

    /// <summary>
    /// Up to <paramref name="limit"/> waiting messages after a position, oldest position first; a null seller matches all.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(
        string? sellerId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The oldest ones.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(string? sellerId, int limit, CancellationToken cancellationToken) =>
        ReadAsync(sellerId, 0, limit, cancellationToken);

    /// <summary>
    /// Removes delivered messages, of one seller or, for null, of all; returns how many it removed.
    /// Repeating the call changes nothing.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> RemoveAsync(string? sellerId, IReadOnlyCollection<long> positions, CancellationToken cancellationToken);
}

/// <summary>A message in a commit.</summary>
/// <param name="Sequence">The sequence of the event that caused it; orders the messages of a subscription.</param>
/// <param name="Type">Stable name, snake_case.</param>
/// <param name="SellerId">The seller of the product that it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record OutboxMessage(long Sequence, string Type, string SellerId, Instant At, byte[] Data);

/// <summary>A message in the outbox.</summary>
/// <param name="Position">Identifies the message; grows over time, with gaps.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Message">The message as committed.</param>
public sealed record StoredMessage(long Position, string SubscriptionId, OutboxMessage Message);
