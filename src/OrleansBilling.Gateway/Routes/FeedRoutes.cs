using System.Collections.Frozen;
using System.Globalization;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The events of all subscriptions in one order. Whoever follows the cursor misses none.</summary>
internal sealed class FeedRoutes(IEventFeed feed, IEventRenderer renderer, FeedWatch watch, TimeProvider time) : IRouteGroup
{
    private const string After = "after";
    private const int WaitMax = 30;

    /// <summary>A page ends early before it exceeds this many bytes, but it has at least one event.</summary>
    private const int BytesMax = 1_048_576;

    /// <summary>Tells the cursor of this list from those of others.</summary>
    private const char CursorMark = 'f';

    private static readonly ApiError TooManyWait = new(
        429, "too_many_requests", "Too many requests wait for events; send this one without wait, or later.", "wait", RetryAfterSeconds: 1);

    public void Map(ApiRoutes api) =>
        api.Get(
            "/v1/events", Roles.SellerOrAdministrator, ListAsync,
            new QueryParameter(After, "string", "The next_cursor of the previous page; without it, the feed is read from its beginning."),
            new QueryParameter(
                "types", "string",
                "Only events of these types, separated by commas: " + string.Join(", ", EnumNames<FeedEventType>.Names) + "."),
            QueryParameter.Ids("seller_id", "Only events of these sellers. A seller gets its own without asking."),
            new QueryParameter(
                "wait", "integer", "Seconds to wait for an event if there is none yet: 0 to 30, default 0. Answers when there is one.")
            {
                Rule = new BoundsAttribute(0, WaitMax),
            },
            PageParameters.HistoryLimit)
            .Named("events_list").Answers(200, typeof(FeedPageDocument))
            .Describe(
                "Events", "Lists the events of all subscriptions, and which endpoints were disabled",
                "The order never changes, and a reader that follows next_cursor misses no event. An event appears within a second. " +
                "Events of one subscription are in the order in which they happened. An endpoint that its owner disables is no event.");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var asked = Read(call, out var wait);
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var page = await feed.ReadAsync(asked, call.Aborted);
        if (wait > TimeSpan.Zero && page.Events.Count == 0)
        {
            using var place = call.TryWait();
            using var seat = place is null ? null : watch.TryEnter();
            if (seat is null) return Answers.Problem(place is null ? RequestWait.TooMany("wait") : TooManyWait);
            page = await ReadWaitingAsync(asked, page, wait, place!, call.Aborted);
        }

        var events = await renderer.RenderAsync(page.Events, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, Cut(events, page), GatewayJson.Default.WrittenFeedPage);
    }

    private static FeedQuery Read(ApiCall call, out TimeSpan wait)
    {
        var query = call.Query;
        wait = TimeSpan.FromSeconds(query.Integer("wait", 0, WaitMax, 0));
        return new FeedQuery(query.FeedPosition(After, CursorMark) ?? 0, query.Limit())
        {
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            Types = query.EnumList<FeedEventType>("types")?.ToFrozenSet(),
        };
    }

    /// <summary>Integrators keep it for months, so its form never changes.</summary>
    private static string CursorOf(long position) =>
        Cursor.Encode(Cursor.Feed, string.Create(CultureInfo.InvariantCulture, $"{CursorMark}{position}"));

    private async Task<FeedPage> ReadWaitingAsync(
        FeedQuery asked, FeedPage empty, TimeSpan wait, RequestWait place, CancellationToken aborted)
    {
        var started = time.GetTimestamp();
        var page = empty;
        while (page.Events.Count == 0)
        {
            var left = wait - time.GetElapsedTime(started);
            var through = page.Through;
            if (!page.HasMore && !await place.WaitAsync(() => watch.WaitAsync(through, left, aborted), aborted)) return page;
            page = await feed.ReadAsync(asked with { After = page.Through }, aborted);
            if (left <= TimeSpan.Zero) return page;
        }

        return page;
    }

    private static WrittenFeedPage Cut(IReadOnlyList<RenderedEvent?> events, FeedPage page)
    {
        var bytes = 0;
        var fit = events.Zip(page.Events, (written, placed) => (Written: written, Placed: placed))
            .TakeWhile((e, place) => (bytes += e.Written?.Json.Length ?? 0) <= BytesMax || place == 0).ToList();
        var isCut = fit.Count < events.Count;
        var unreadable = fit.Where(e => e.Written is null)
            .Select(e => new UnreadableDocument(e.Placed.Subject, e.Placed.Event.Sequence, UnreadableDocument.Unreadable)).ToList();
        return new WrittenFeedPage(
            [.. fit.Where(e => e.Written is not null).Select(e => new RawJson(e.Written!.Json))],
            CursorOf(isCut ? fit[^1].Placed.Position : page.Through), isCut || page.HasMore,
            unreadable.Count == 0 ? null : unreadable);
    }
}
