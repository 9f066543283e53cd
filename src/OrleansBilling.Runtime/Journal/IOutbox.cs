using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Messages for the outside (renewal alerts, voucher reminders), written in the commit that causes them and kept until
/// whoever delivers them takes them away: at least once, in order per subscription.
/// </summary>
public interface IOutbox
{
    /// <summary>The most messages of a page, and the most positions that one call removes.</summary>
    const int PageMax = 1_000;

    /// <summary>Up to <paramref name="limit"/> waiting messages, oldest position first, of one seller or of all for null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(string? sellerId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes away what was delivered, of one seller or of all for null; answers how many there were. Repeating changes
    /// nothing.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> RemoveAsync(string? sellerId, IReadOnlyCollection<long> positions, CancellationToken cancellationToken);
}

/// <summary>A message as a commit carries it.</summary>
/// <param name="Sequence">The sequence of the event that causes it; orders the messages of a subscription.</param>
/// <param name="Type">Stable name, snake_case.</param>
/// <param name="SellerId">Whose product it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record OutboxMessage(long Sequence, string Type, string SellerId, Instant At, byte[] Data);

/// <summary>A message as it waits.</summary>
/// <param name="Position">Names it; grows with time, with gaps.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Message">What was committed.</param>
public sealed record StoredMessage(long Position, string SubscriptionId, OutboxMessage Message);
