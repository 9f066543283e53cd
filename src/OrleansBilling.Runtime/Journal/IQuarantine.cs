using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Due subscriptions that fail every time they are woken. <see cref="IDueQueue.ReadDueAsync"/> and
/// <see cref="IDueQueue.ReadNextDueAsync"/> skip them, so they hold up nobody. A command that moves a subscription to
/// another version ends its quarantine. The due time is business time; all other instants are the machine's. All calls
/// throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IQuarantine
{
    /// <summary>Puts a subscription in quarantine, or back in after a retry failed.</summary>
    ValueTask PutAsync(QuarantinedSubscription subscription, CancellationToken cancellationToken);

    /// <summary>Releases a subscription, so that the next look at due work wakes it; false when it is not in quarantine.</summary>
    ValueTask<bool> ReleaseAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> quarantined subscriptions after <paramref name="after"/>, ordered by id.</summary>
    ValueTask<IReadOnlyList<QuarantinedSubscription>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the wait of subscriptions whose next try is due, drops those that have moved on, and returns the number of
    /// the rest.
    /// </summary>
    ValueTask<long> SweepAsync(Instant now, CancellationToken cancellationToken);
}

/// <summary>A due subscription that cannot be woken.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">The version at which it is stuck.</param>
/// <param name="DueAt">When its work was due, in business time.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="Failures">Failed tries, counted by one process since its start.</param>
/// <param name="Since">When it was put in quarantine.</param>
/// <param name="NextTryAt">When it is retried automatically.</param>
public sealed record QuarantinedSubscription(
    string SubscriptionId, long Version, Instant DueAt, string Reason, int Failures, Instant Since, Instant NextTryAt);
