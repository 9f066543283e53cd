using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>What only PostgreSQL can do to the order of the feed: transactions overlap, and processes share one database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FeedOrderTests(PostgresFixture postgres)
{
    private const string SlowCommit =
        """
        begin;
        insert into subscription (id, version, counted, fed, partition, status, state) values ('slow', 1, 1, 1, 0, 'active', '{}');
        insert into feed_page (entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
        values (1, 2, array['slow'], array[1], array[1], array[0], array['seller-1'])
        """;

    [PostgresFact]
    public async Task A_commit_that_was_overtaken_comes_after_those_that_were_read_before_it()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await using var slow = await database.ConnectAsync();
        await PostgresTestDatabase.ExecuteAsync(slow, SlowCommit);
        await CommitAsync(storage, Commit("fast-1", feed: [Fed(1)]));
        var early = await ReadAsync(storage);
        await CommitAsync(storage, Commit("fast-2", feed: [Fed(1)]));
        await PostgresTestDatabase.ExecuteAsync(slow, "commit");

        var late = await ReadAsync(storage, early.Through);

        Assert.Equal(["fast-1"], early.Events.Select(e => e.Subject));
        Assert.Equal(["fast-2", "slow"], late.Events.Select(e => e.Subject).Order());
        Assert.Equal(early.Events.Concat(late.Events), (await ReadAsync(storage)).Events);
    }

    [PostgresFact]
    public async Task A_process_that_dies_within_a_commit_leaves_no_hole()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await using (var dying = await database.ConnectAsync())
        {
            await PostgresTestDatabase.ExecuteAsync(dying, SlowCommit);
            await CommitAsync(storage, Commit("fast", feed: [Fed(1)]));
        }

        await CommitAsync(storage, Commit("next", feed: [Fed(1)]));

        Assert.Equal([(1L, "fast"), (2L, "next")], (await ReadAsync(storage)).Events.Select(e => (e.Position, e.Subject)));
    }

    [PostgresFact]
    public async Task A_feed_that_stands_still_is_seen_from_outside()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        using var age = new MetricCollector<double>(BillingTelemetry.FeedAge);
        Task placing;
        await using (var holder = await database.ConnectAsync())
        {
            await PostgresTestDatabase.ExecuteAsync(
                holder, $"select pg_advisory_lock({AdvisoryLocks.Space}, {AdvisoryLocks.PlacingFeed})");
            await CommitAsync(storage, Commit("fast", feed: [Fed(1)]));
            placing = storage.PlaceFeedAsync(CancellationToken.None);
            await Eventually.HoldsAsync(() => Task.FromResult(Read() > 2));
            Assert.False(placing.IsCompleted);
        }

        await placing;
        await Eventually.HoldsAsync(async () =>
        {
            await storage.PlaceFeedAsync(CancellationToken.None);
            return Read() < 2;
        });

        double Read()
        {
            age.Clear();
            age.RecordObservableInstruments();
            return age.GetMeasurementSnapshot().Max(measured => measured.Value);
        }
    }

    [PostgresFact]
    public async Task Two_processes_commit_and_place_and_a_third_reads_while_all_overlap()
    {
        const int subscriptions = 30;
        const int commits = 20;
        var database = await postgres.CreateAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        await using var third = await database.OpenAsync();
        var lives = Task.WhenAll(Enumerable.Range(0, subscriptions).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < commits; version++)
                await CommitAsync((number + version) % 2 == 0 ? first : second, Commit($"sub-{number}", version, feed: [Fed(version + 1)]));
        })));
        var placing = Task.WhenAll(new[] { first, second }.Select(storage => Task.Run(async () =>
        {
            while (!lives.IsCompleted) await storage.PlaceFeedAsync(CancellationToken.None);
        })));

        var seen = new List<PlacedEvent>();
        while (seen.Count < subscriptions * commits)
        {
            var over = lives.IsCompleted;
            var page = await (over ? ReadAsync(third, Last()) : ReadPlacedAsync(third, Last()));
            Assert.False(over && page.Events.Count == 0, "An event was lost.");
            seen.AddRange(page.Events);
        }

        await Task.WhenAll(lives, placing);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(position => (long)position), seen.Select(e => e.Position));
        Assert.All(
            seen.GroupBy(e => e.Subject),
            life => Assert.Equal(Enumerable.Range(1, commits).Select(sequence => (long)sequence), life.Select(e => e.Event.Sequence)));
        Assert.Equal(seen, await ReadWholeAsync(third));

        long Last() => seen.Count == 0 ? 0 : seen[^1].Position;
    }

    [PostgresFact]
    public async Task On_a_new_timeline_no_position_is_given_that_may_have_been_lost()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await CommitAsync(storage, Commit("before", feed: [Fed(1)]));
        var before = await ReadAsync(storage);
        await database.ExecuteAsync("update feed_end set timeline = timeline - 1");

        await CommitAsync(storage, Commit("after", feed: [Fed(1)]));

        Assert.Equal(1, before.Through);
        Assert.Equal("after", Assert.Single((await ReadAsync(storage, before.Through + 500)).Events).Subject);
        Assert.Equal(1_000_000_002, await storage.Feed.ReadLastAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task What_a_process_of_an_older_release_commits_is_noted_and_added()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await CommitAsync(storage, Commit("both", feed: [Fed(1)]));
        await database.ExecuteAsync(
            """
            update subscription set version = 2, counted = 2 where id = 'both';
            insert into subscription (id, version, counted, partition, status, state) values ('old', 1, 1, 0, 'active', '{}')
            """);

        // What follows is not in the feed before what is missing.
        await CommitAsync(storage, Commit("both", expected: 2, feed: [Fed(3)]));
        var backfill = storage.FeedBackfill;
        Assert.True(await backfill.IsNeededAsync(CancellationToken.None));
        var missing = await backfill.ReadMissingAsync(null, 10, CancellationToken.None);
        Assert.Equal([new UnfedSubscription("both", 3, 1), new UnfedSubscription("old", 1, 0)], missing);
        Assert.False(await backfill.TryCompleteAsync(CancellationToken.None));
        Assert.Single((await ReadAsync(storage)).Events);

        Assert.Equal(
            2,
            await backfill.WriteAsync(
                [new(missing[0], [Fed(2, FeedEventType.SubscriptionPaused), Fed(3)]), new(missing[1], [Fed(1)])], CancellationToken.None));

        Assert.True(await backfill.TryCompleteAsync(CancellationToken.None));
        await CommitAsync(storage, Commit("both", expected: 3, feed: [Fed(4)]));
        Assert.Equal(
            [("both", 1L), ("both", 2L), ("both", 3L), ("old", 1L), ("both", 4L)],
            (await ReadAsync(storage)).Events.Select(e => (e.Subject, e.Event.Sequence)));
    }

    private static async Task CommitAsync(BillingStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));

    private static async Task<FeedPage> ReadAsync(BillingStorage storage, long after = 0)
    {
        await storage.PlaceFeedAsync(CancellationToken.None);
        return await ReadPlacedAsync(storage, after);
    }

    private static async Task<FeedPage> ReadPlacedAsync(BillingStorage storage, long after) =>
        await storage.Feed.ReadAsync(new FeedQuery(after, 50), CancellationToken.None);

    private static async Task<List<PlacedEvent>> ReadWholeAsync(BillingStorage storage)
    {
        var whole = new List<PlacedEvent>();
        for (var page = await ReadAsync(storage); page.Events.Count > 0; page = await ReadAsync(storage, page.Through))
            whole.AddRange(page.Events);
        return whole;
    }
}
