using System.Collections.Frozen;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The events of all subscriptions in one order.</summary>
public abstract class FeedConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Events_come_in_the_order_of_their_commits_with_all_that_was_committed()
    {
        await GivenAsync(
            Commit("sub-1", events: 3, feed: [Fed(1), Fed(3, FeedEventType.InvoiceCreated, 7), Fed(3, FeedEventType.InvoicePaid, 7)]),
            Commit("sub-2", feed: [Fed(1, seller: "seller-2")]),
            Commit("sub-3"),
            Commit("sub-1", expected: 3, feed: [Fed(4, FeedEventType.SubscriptionCanceled)]));

        var page = await ReadAsync();

        Assert.Equal(
            [
                ("sub-1", Fed(1)), ("sub-1", Fed(3, FeedEventType.InvoiceCreated, 7)), ("sub-1", Fed(3, FeedEventType.InvoicePaid, 7)),
                ("sub-2", Fed(1, seller: "seller-2")), ("sub-1", Fed(4, FeedEventType.SubscriptionCanceled)),
            ],
            page.Events.Select(e => (e.Subject, e.Event)));
        Assert.Equal(page.Events.Select(e => e.Position).Order().Distinct(), page.Events.Select(e => e.Position));
        Assert.Equal(page.Events[^1].Position, page.Through);
        Assert.Equal(page.Through, await Storage.Feed.ReadLastAsync(CancellationToken.None));
        Assert.False(page.HasMore);
    }

    [StorageFact]
    public async Task An_empty_feed_ends_where_it_begins()
    {
        var page = await ReadAsync();

        Assert.Empty(page.Events);
        Assert.Equal(0, page.Through);
        Assert.False(page.HasMore);
    }

    [StorageFact]
    public async Task A_reader_goes_on_within_a_commit_and_ends_at_the_end()
    {
        await GivenAsync(Commit("sub-1", events: 5, feed: [Fed(1), Fed(2), Fed(3), Fed(4), Fed(5)]), Commit("sub-2", feed: [Fed(1)]));

        var first = await ReadAsync(limit: 2);
        var second = await ReadAsync(first.Through, limit: 2);
        var third = await ReadAsync(second.Through, limit: 2);
        var end = await ReadAsync(third.Through, limit: 2);

        Assert.Equal([1L, 2L], first.Events.Select(e => e.Event.Sequence));
        Assert.Equal([3L, 4L], second.Events.Select(e => e.Event.Sequence));
        Assert.Equal([("sub-1", 5L), ("sub-2", 1L)], third.Events.Select(e => (e.Subject, e.Event.Sequence)));
        Assert.Equal([true, true, false, false], [first.HasMore, second.HasMore, third.HasMore, end.HasMore]);
        Assert.Empty(end.Events);
        Assert.Equal(third.Through, end.Through);
    }

    [StorageFact]
    public async Task Only_what_is_asked_for_is_read_and_the_rest_is_looked_at()
    {
        await GivenAsync(
            Commit("sub-1", events: 2, feed: [Fed(1), Fed(2, FeedEventType.SubscriptionRenewed)]),
            Commit("sub-2", events: 2, feed: [Fed(1, seller: "seller-2"), Fed(2, FeedEventType.SubscriptionRenewed, seller: "seller-2")]),
            Commit("sub-3", feed: [Fed(1)]));
        var last = await Storage.Feed.ReadLastAsync(CancellationToken.None) is var l && l > 0 ? l : (await ReadAsync()).Through;

        var ofSeller = await ReadAsync(seller: "seller-2");
        var ofType = await ReadAsync(types: [FeedEventType.SubscriptionRenewed]);
        var ofBoth = await ReadAsync(seller: "seller-1", types: [FeedEventType.SubscriptionRenewed, FeedEventType.InvoicePaid]);
        var ofSeveral = await ReadAsync(seller: "seller-2,nobody,seller-1");
        var ofNobody = await ReadAsync(seller: "nobody");

        Assert.Equal([("sub-2", 1L), ("sub-2", 2L)], Names(ofSeller));
        Assert.Equal([("sub-1", 2L), ("sub-2", 2L)], Names(ofType));
        Assert.Equal([("sub-1", 2L)], Names(ofBoth));
        Assert.Equal([("sub-1", 1L), ("sub-1", 2L), ("sub-2", 1L), ("sub-2", 2L), ("sub-3", 1L)], Names(ofSeveral));
        Assert.Equal(Names(ofSeveral).Skip(3), Names(await ReadAsync(ofSeveral.Events[2].Position, seller: "seller-1,seller-2")));
        Assert.Empty(ofNobody.Events);
        Assert.All([ofSeller, ofType, ofBoth, ofSeveral, ofNobody], page => Assert.Equal((last, false), (page.Through, page.HasMore)));
        var one = await ReadAsync(limit: 1, types: [FeedEventType.SubscriptionRenewed]);
        Assert.Equal([("sub-2", 2L)], Names(await ReadAsync(one.Through, limit: 1, types: [FeedEventType.SubscriptionRenewed])));
    }

    [StorageFact]
    public async Task What_loses_the_race_for_a_version_is_not_in_the_feed()
    {
        await GivenAsync(Commit("sub-1", feed: [Fed(1)]), Commit("sub-2", feed: [Fed(1)]));

        var outcomes = await CommitAllAsync(
        [
            Commit("sub-1", expected: 1, feed: [Fed(2)]), Commit("sub-1", expected: 1, feed: [Fed(2)]),
            Commit("sub-2", expected: 0, feed: [Fed(1)]), Commit("sub-3", feed: [Fed(1)]),
        ]);

        Assert.Equal(2, outcomes.Count(outcome => outcome == CommitOutcome.Committed));
        Assert.Equal(
            [("sub-1", 1L), ("sub-1", 2L), ("sub-2", 1L), ("sub-3", 1L)], Names(await ReadAsync()).Order());
    }

    [StorageFact]
    public async Task A_reader_beside_many_writers_misses_nothing_and_the_order_it_saw_never_changes()
    {
        const int subscriptions = 60;
        const int commits = 10;
        var lives = Task.WhenAll(Enumerable.Range(0, subscriptions).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < commits * 2; version += 2)
            {
                var feed = new[] { Fed(version + 1), Fed(version + 2, FeedEventType.InvoicePaid, version + 1) };
                Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit($"sub-{number}", version, events: 2, feed: feed)));
            }
        })));

        var seen = new List<PlacedEvent>();
        for (var over = false; ;)
        {
            var page = await ReadAsync(seen.Count == 0 ? 0 : seen[^1].Position, limit: 37);
            seen.AddRange(page.Events);
            if (over && page.Events.Count == 0) break;
            over = lives.IsCompleted;
        }

        await lives;
        var whole = new List<PlacedEvent>();
        for (var page = await ReadAsync(limit: IEventFeed.PageMax); page.Events.Count > 0; page = await ReadAsync(page.Through))
            whole.AddRange(page.Events);
        Assert.Equal(seen, whole);
        Assert.Equal(subscriptions * commits * 2, seen.Count);
        Assert.All(
            seen.GroupBy(e => e.Subject),
            life => Assert.Equal(Enumerable.Range(1, commits * 2).Select(sequence => (long)sequence), life.Select(e => e.Event.Sequence)));
    }

    [StorageFact]
    public async Task The_beginnings_of_many_histories_come_at_once()
    {
        var half = Json(new string('x', IEventFeed.BeginningBytesMax / 2));
        var big = Commit("big", events: 3);
        await GivenAsync(
            Commit("short", events: 3), Commit("long", events: IEventFeed.BeginningEventsMax + 5),
            big with { Events = [.. big.Events.Select(e => e with { Data = half })] }, Commit("other"));
        var found = await Storage.Feed.ReadBeginningsAsync(["short", "long", "big", "nobody"], CancellationToken.None);
        Assert.Equal([1L, 2, 3], Sequences("short"));
        Assert.Equal(Enumerable.Range(1, IEventFeed.BeginningEventsMax).Select(n => (long)n), Sequences("long"));
        Assert.Equal([1L], Sequences("big"));
        Assert.Empty(found.GetValueOrDefault("nobody") ?? []);
        Assert.False(found.ContainsKey("other"));
        var whole = await Storage.Journal.ReadEventsAsync("short", 0, 10, CancellationToken.None);
        Assert.Equal(whole.Select(e => (e.At, e.Type, Text(e.Data))), found["short"].Select(e => (e.At, e.Type, Text(e.Data))));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Storage.Feed.ReadBeginningsAsync(
            [.. Enumerable.Range(0, IEventFeed.PageMax + 1).Select(n => $"sub-{n}")], CancellationToken.None));

        IEnumerable<long> Sequences(string id) => found[id].Select(e => e.Sequence);
    }

    [StorageFact]
    public async Task Nobody_may_ask_for_more_than_a_page()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(limit: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(limit: IEventFeed.PageMax + 1));
    }

    [StorageFact]
    public async Task Sellers_with_news_are_found_for_many_at_once()
    {
        for (var n = 0L; n < 3; n++)
        {
            await GivenAsync(
                Commit("sub-1", expected: 2 * n, events: 2, feed: [Fed((2 * n) + 1), Fed((2 * n) + 2, FeedEventType.SubscriptionRenewed)]),
                Commit("sub-2", expected: n, feed: n == 2 ? [] : [Fed(n + 1, seller: "seller-2")]));
            await Storage.PlaceFeedAsync(CancellationToken.None);
        }

        var whole = (await ReadAsync()).Events;
        Assert.Equal(8, whole.Count);
        var asked = Enumerable.Range(0, (int)whole[^1].Position + 1)
            .SelectMany(after => new[] { "seller-1", "seller-2", "seller-3" }, (after, seller) => new SellerPosition(seller, after))
            .ToList();
        var news = await Storage.Feed.FindNewsAsync(asked, CancellationToken.None);
        Assert.Equal(whole[^1].Position, news.Through);
        Assert.Equal(
            asked.Select(one => whole.Any(e => e.Event.SellerId == one.SellerId && e.Position > one.After)), news.HasNews);
    }

    private async Task<FeedPage> ReadAsync(long after = 0, int limit = 100, string? seller = null, params FeedEventType[] types)
    {
        await Storage.PlaceFeedAsync(CancellationToken.None);
        return await Storage.Feed.ReadAsync(
            new FeedQuery(after, limit)
            {
                SellerIds = seller is null ? [] : [.. seller.Split(',')], Types = types.Length == 0 ? null : types.ToFrozenSet(),
            },
            CancellationToken.None);
    }

    private static IEnumerable<(string Subject, long Sequence)> Names(FeedPage page) =>
        page.Events.Select(e => (e.Subject, e.Event.Sequence));
}
