using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Feed;

/// <summary>Finds places in the feed by time: events are added as they happen, so later ones have higher positions.</summary>
public sealed class FeedPositions(IEventFeed feed, IJournal journal)
{
    /// <summary>The position before the first event that happened at an instant or later.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<long> FindBeforeAsync(Instant at, CancellationToken cancellationToken)
    {
        var (before, end) = (0L, await feed.ReadLastAsync(cancellationToken));
        while (before < end)
        {
            var middle = before + ((end - before) / 2);
            var page = await feed.ReadAsync(new FeedQuery(middle, 1), cancellationToken);
            if (page.Events is not [var next] || next.Position > end || await TimeOfAsync(next, cancellationToken) >= at) end = middle;
            else before = next.Position;
        }

        return before;
    }

    private async ValueTask<Instant> TimeOfAsync(PlacedEvent placed, CancellationToken cancellationToken)
    {
        var found = await journal.ReadEventsAsync(
            placed.SubscriptionId, new EventRange(placed.Event.Sequence - 1, 1), cancellationToken);
        return found.Events is [var stored] ? stored.At : Instant.MinValue;
    }
}
