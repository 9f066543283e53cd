using System.Runtime.CompilerServices;

namespace OrleansBilling.Client;

/// <summary>An event of the feed, with the place to go on from.</summary>
/// <param name="ResumeAfter">
/// Store it when the event is handled, and give it to <see cref="EventsClient.FollowAsync"/> after a restart: no event is missed, and the
/// last few may come again. Null only in the first page of the feed.
/// </param>
public sealed record FollowedEvent(FeedEvent Event, string? ResumeAfter);

public sealed partial class EventsClient
{
    /// <summary>
    /// The events after a cursor, in their order, and then each event as it happens, until it is canceled. It ends with an exception if
    /// the server cannot be reached in several tries; go on from the last <see cref="FollowedEvent.ResumeAfter"/>.
    /// </summary>
    /// <param name="after">Where to start; null for the beginning.</param>
    /// <param name="wait">How long one request waits for an event, in whole seconds up to 30; by default 20.</param>
    /// <param name="query">Which events; its After and Wait are not used.</param>
    public async IAsyncEnumerable<FollowedEvent> FollowAsync(
        string? after = null, TimeSpan? wait = null, EventsListQuery? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in FollowPagesAsync(after, wait, query, cancellationToken).ConfigureAwait(false))
        {
            for (var n = 0; n < page.Data.Count; n++)
                yield return new FollowedEvent(page.Data[n], n == page.Data.Count - 1 ? page.NextCursor : after);
            after = page.NextCursor;
        }
    }

    /// <summary>
    /// The same, page by page, without empty pages. A page also names the events that the server cannot show
    /// (<see cref="FeedPage.Unreadable"/>). Its cursor is where to go on.
    /// </summary>
    public async IAsyncEnumerable<FeedPage> FollowPagesAsync(
        string? after = null, TimeSpan? wait = null, EventsListQuery? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = (query ?? new()) with { After = after, Wait = (int)(wait ?? TimeSpan.FromSeconds(20)).TotalSeconds };
        while (true)
        {
            var page = await ListAsync(next, null, cancellationToken).ConfigureAwait(false);
            next = next with { After = page.NextCursor };
            if (page.Data.Count > 0 || page.Unreadable is { Count: > 0 }) yield return page;
        }
    }
}
