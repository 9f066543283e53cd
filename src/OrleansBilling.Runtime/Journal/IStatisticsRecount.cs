using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Rebuilds counters from the events while commits go on. For each subscription the store keeps the version up to which
/// events are counted. A commit that finds this at its expected version counts its own events; any other commit leaves
/// its events to the recount. So every event counts exactly once, however many processes run and wherever one dies.
/// </summary>
public interface IStatisticsRecount
{
    /// <summary>
    /// Drops all counters, so that all events are uncounted and a recount is in progress. In one transaction, which takes a moment
    /// however many subscriptions there are on PostgreSQL; there it needs a role that may change tables.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or is too busy: try again.</exception>
    ValueTask BeginAsync(CancellationToken cancellationToken);

    /// <summary>Whether a recount is in progress. Another process may begin one at any time.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> IsRebuildingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The right to recount, until disposed; null while another process holds it. It only saves double
    /// work: correctness does not depend on it.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> subscriptions with uncounted events after an id, ordered by id.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<UncountedSubscription>> ReadUncountedAsync(string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limitEach"/> events of each subscription, one subscription after the other, each in order.
    /// Usage is left out, because it counts nothing.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<OwnedEvent>> ReadFirstEventsAsync(
        IReadOnlyList<string> ids, int limitEach, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> events of one subscription after a sequence, likewise without usage.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredEvent>> ReadNextEventsAsync(
        string id, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a recount to the counters and marks its events as counted, in one transaction. It skips
    /// subscriptions that have had other events than usage since, or that another process counted or is
    /// about to change; they stay uncounted.
    /// </summary>
    /// <returns>The number of subscriptions that were counted.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> WriteAsync(IReadOnlyList<RecountedSubscription> batch, CancellationToken cancellationToken);

    /// <summary>Ends the recount if no events are uncounted; returns whether it has ended.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A subscription with uncounted events.</summary>
public readonly record struct UncountedSubscription(string Id, long Version, long Counted);

/// <summary>An event and its subscription.</summary>
public readonly record struct OwnedEvent(string SubscriptionId, StoredEvent Event);

/// <summary>What a subscription's events add, from after <see cref="UncountedSubscription.Counted"/> up to its version.</summary>
public readonly record struct RecountedSubscription(UncountedSubscription Subscription, IReadOnlyList<StatisticDelta> Deltas);

/// <summary>A recount is in progress, so there are no figures yet. Billing is not affected.</summary>
public sealed class StatisticsRebuildingException() : Exception(
    "Statistics are being recounted from the events. Billing goes on; try again later.");
