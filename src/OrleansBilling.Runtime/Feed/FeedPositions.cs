using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Feed;

/// <summary>
/// Finds places in the feed by time: events of subscriptions are added as they happen, so later ones have higher positions. Those of
/// endpoints, which have a clock of their own, are where their neighbors are.
/// </summary>
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
            if (await NextAsync(middle, cancellationToken) is not { } next || next.Position > end ||
                await TimeOfAsync(next, cancellationToken) >= at)
            {
                end = middle;
            }
            else
            {
                before = next.Position;
            }
        }

        return before;
    }

    /// <summary>The first event of a subscription after a position; null if there is none.</summary>
    private async ValueTask<PlacedEvent?> NextAsync(long after, CancellationToken cancellationToken)
    {
        for (var limit = 1; ; limit = IEventFeed.PageMax)
        {
            var page = await feed.ReadAsync(new FeedQuery(after, limit), cancellationToken);
            foreach (var e in page.Events)
            {
                if (!e.IsOfEndpoint) return e;
            }

            if (!page.HasMore) return null;
            after = page.Through;
        }
    }

    private async ValueTask<Instant> TimeOfAsync(PlacedEvent placed, CancellationToken cancellationToken)
    {
        var found = await journal.ReadEventsAsync(
            placed.Subject, new EventRange(placed.Event.Sequence - 1, 1), cancellationToken);
        return found.Events is [var stored] ? stored.At : Instant.MinValue;
    }
}
