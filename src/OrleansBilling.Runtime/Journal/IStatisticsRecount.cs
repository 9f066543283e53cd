using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Counters that are counted anew from the events, while commits go on. The store keeps, of each subscription, the version
/// up to which its events are counted: a commit that finds it at the version that it expects counts its own events, any
/// other leaves them to the recount. So every event counts once, however many processes there are and wherever one dies.
/// </summary>
public interface IStatisticsRecount
{
    /// <summary>Whether counters are being recounted; once they are not, they never are again as long as the process lives.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> IsRebuildingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The right to recount, until disposed; null while another process has it. It saves double work; nothing breaks
    /// without it.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> subscriptions with uncounted events, behind an id, ordered by id.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<UncountedSubscription>> ReadUncountedAsync(string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limitEach"/> events of each of a few subscriptions, one subscription after the other, each in
    /// order, save for usage, which counts nothing.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<OwnedEvent>> ReadFirstEventsAsync(
        IReadOnlyList<string> ids, int limitEach, CancellationToken cancellationToken);

    /// <summary>The same of one subscription, behind a sequence.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredEvent>> ReadNextEventsAsync(
        string id, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Counts what was recounted, and marks it counted, in one transaction. Those to which more than usage has happened
    /// since, or that somebody else counted or is about to change, are left out and stay uncounted.
    /// </summary>
    /// <returns>How many were counted.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> WriteAsync(IReadOnlyList<RecountedSubscription> batch, CancellationToken cancellationToken);

    /// <summary>Ends the recount, unless there are uncounted events; whether it has ended.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A subscription with uncounted events.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Version">Its version.</param>
/// <param name="Counted">The version up to which its events are counted.</param>
public readonly record struct UncountedSubscription(string Id, long Version, long Counted);

/// <summary>An event and whose it is.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Event">What happened.</param>
public readonly record struct OwnedEvent(string SubscriptionId, StoredEvent Event);

/// <summary>What the events of a subscription add, from behind <see cref="UncountedSubscription.Counted"/> up to its version.</summary>
/// <param name="Subscription">As it was read.</param>
/// <param name="Deltas">What they add.</param>
public readonly record struct RecountedSubscription(UncountedSubscription Subscription, IReadOnlyList<StatisticDelta> Deltas);

/// <summary>Counters are being recounted, so there are no figures yet. Billing is not concerned.</summary>
public sealed class StatisticsRebuildingException() : Exception(
    "Statistics are being recounted from the events. Billing goes on; try again later.");
