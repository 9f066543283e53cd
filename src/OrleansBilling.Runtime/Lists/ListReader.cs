using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>Derives the rows of many subscriptions with few queries: short histories come together, long ones each alone.</summary>
public sealed partial class ListReader(IEventFeed histories, SubscriptionReader reader, ILogger<ListReader> logger)
{
    /// <summary>Long histories that are read at the same time.</summary>
    private const int LongAtOnce = 4;

    /// <summary>
    /// The rows as of the given snapshots, ordered by subscription and number. A subscription that cannot be read has none here, so that it
    /// does not block the others.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<DerivedRows> ReadAsync(
        IReadOnlyList<StoredSubscription> subscriptions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        var ordered = subscriptions.OrderBy(stored => stored.SubscriptionId, StringComparer.Ordinal).ToList();
        var beginnings = await ReadBeginningsAsync(ordered, cancellationToken);
        var found = new DerivedRows?[ordered.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = LongAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, ordered.Count), options, async (place, stop) =>
        {
            var stored = ordered[place];
            found[place] = await TryReadAsync(stored, beginnings.GetValueOrDefault(stored.SubscriptionId) ?? [], stop);
        });
        var rows = found.OfType<DerivedRows>().ToList();
        return DerivedRows.Together(rows);
    }

    private async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>>> ReadBeginningsAsync(
        List<StoredSubscription> subscriptions, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<StoredEvent>>(StringComparer.Ordinal);
        var shorts = subscriptions.Where(stored => stored.Version <= IEventFeed.BeginningEventsMax).Select(stored => stored.SubscriptionId);
        foreach (var page in shorts.Chunk(IEventFeed.PageMax))
        {
            foreach (var (id, events) in await histories.ReadBeginningsAsync(page, cancellationToken)) found[id] = events;
        }

        return found;
    }

    private async ValueTask<DerivedRows?> TryReadAsync(
        StoredSubscription stored, IReadOnlyList<StoredEvent> beginning, CancellationToken cancellationToken)
    {
        try
        {
            var view = await reader.DecodeAsync(stored, cancellationToken);
            return HistoryDerivation.TryAll(view, beginning) ?? await ReadLongAsync(view, cancellationToken);
        }
        catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
        {
            LogUnreadable(e, stored.SubscriptionId);
            return null;
        }
    }

    private async ValueTask<DerivedRows> ReadLongAsync(SubscriptionView view, CancellationToken cancellationToken)
    {
        var derivation = new HistoryDerivation(view);
        await foreach (var recorded in reader.ReadWithoutUsageAsync(view.State.Id, static _ => true, cancellationToken))
        {
            if (recorded.Sequence > view.State.Version) break;
            derivation.Add(recorded);
        }

        return derivation.Rows;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Subscription '{SubscriptionId}' cannot be read, so the lists do not follow it. " +
        "Derive them again once it can be read.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
