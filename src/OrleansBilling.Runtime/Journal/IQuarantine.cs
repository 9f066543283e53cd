using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Due subscriptions that fail each time they are woken. While one waits here, <see cref="IDueQueue.ReadDueAsync"/> and
/// <see cref="IDueQueue.ReadNextDueAsync"/> leave it out, so that it holds nobody up; a command that moves it to another
/// version takes it out. All instants but the due time are the machine's. All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IQuarantine
{
    /// <summary>Takes a subscription in, or back in after another try that failed.</summary>
    ValueTask PutAsync(QuarantinedSubscription subscription, CancellationToken cancellationToken);

    /// <summary>Takes one out, so that it is woken at the next look; false when it is not there.</summary>
    ValueTask<bool> ReleaseAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> of them, ordered by id, behind <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<QuarantinedSubscription>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Lets those be woken again whose next try has come, forgets those that have moved on, and counts the rest.
    /// </summary>
    ValueTask<long> SweepAsync(Instant now, CancellationToken cancellationToken);
}

/// <summary>A due subscription that cannot be woken.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">The version at which it is stuck.</param>
/// <param name="DueAt">Since when its work is due, by the clock of billing.</param>
/// <param name="Reason">What the last try came to.</param>
/// <param name="Failures">Tries that failed since the start of the process that counts.</param>
/// <param name="Since">When it was taken in.</param>
/// <param name="NextTryAt">When it is tried again by itself.</param>
public sealed record QuarantinedSubscription(
    string SubscriptionId, long Version, Instant DueAt, string Reason, int Failures, Instant Since, Instant NextTryAt);
