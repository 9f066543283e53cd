using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The texts of the messages between customers and sellers. Commits write them (<see cref="JournalCommit.Message"/>). All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ISubscriptionMessages
{
    /// <summary>A page of a subscription's messages after a sequence, oldest first.</summary>
    ValueTask<IReadOnlyList<SubscriptionMessage>> ReadAsync(
        string subscriptionId, long after, int max, CancellationToken cancellationToken);
}

/// <summary>A message.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="Text">Personal data.</param>
public sealed record SubscriptionMessage(long Sequence, string Id, MessageSender From, Instant At, string Text);
