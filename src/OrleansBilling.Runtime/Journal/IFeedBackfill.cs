using OrleansBilling.Domain.Feed;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Adds to the feed what commits of releases without a feed left out, while commits go on. For each subscription the store keeps the
/// version up to which its events are in the feed. A commit that finds this at its expected version adds its own events; any other
/// leaves them to the backfill. So each event is in the feed once, and those of a subscription are in order.
/// </summary>
public interface IFeedBackfill
{
    /// <summary>The right to fill, until disposed; null while another process holds it. It only saves double work.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken);

    /// <summary>Whether anything may be missing. Costs next to nothing if not.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> subscriptions after an id of which events are missing, ordered by id.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<UnfedSubscription>> ReadMissingAsync(string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds events, in one transaction. Skips subscriptions that have changed since they were read; they stay missing.
    /// </summary>
    /// <returns>The number of subscriptions whose events were added.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> WriteAsync(IReadOnlyList<BackfilledSubscription> batch, CancellationToken cancellationToken);

    /// <summary>Ends the backfill if nothing is missing; returns whether it has ended.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A subscription whose events after <paramref name="Fed"/> are not in the feed.</summary>
public readonly record struct UnfedSubscription(string Id, long Version, long Fed);

/// <summary>What a subscription adds to the feed.</summary>
public readonly record struct BackfilledSubscription(UnfedSubscription Subscription, IReadOnlyList<FeedEvent> Events);
