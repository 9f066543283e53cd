using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>A database from before there was a feed gets one, while commits go on and across a crash.</summary>
/// <param name="createDatabase">Creates an empty database.</param>
/// <param name="forget">SQL that makes the database look as it does right after the upgrade.</param>
public abstract class FeedBackfillConformance(Func<Task<TestDatabase>> createDatabase, string forget) : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await createDatabase();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [StorageFact]
    public async Task The_feed_of_an_old_database_is_the_same_as_if_it_had_always_been_written()
    {
        RandomMarket market;
        await using (var storage = await database.OpenAsync())
        {
            market = new RandomMarket(storage, seed: 5);
            await market.LiveAsync(() => Task.CompletedTask);
            await CompareAsync(storage, market);
        }

        await database.ExecuteAsync(forget);
        await using (var storage = await database.OpenAsync())
        {
            market = await market.MoveToAsync(storage);
            Assert.Empty(await ReadAsync(storage));
            await market.GoOnAsync(1);
            var crash = new Interrupted(
                storage.FeedBackfill, write => write == 4 ? throw new InvalidOperationException("killed") : market.GoOnAsync(1));
            await Assert.ThrowsAsync<InvalidOperationException>(() => FillAsync(storage, crash));
        }

        await using (var storage = await database.OpenAsync())
        {
            market = await market.MoveToAsync(storage);
            Assert.True(await storage.FeedBackfill.IsNeededAsync(CancellationToken.None));
            await FillAsync(storage, new Interrupted(storage.FeedBackfill, write => write < 6 ? market.GoOnAsync(1) : Task.CompletedTask));
            Assert.False(await storage.FeedBackfill.IsNeededAsync(CancellationToken.None));
            await CompareAsync(storage, market);
            await market.GoOnAsync(2);
            await CompareAsync(storage, market);
        }
    }

    [StorageFact]
    public async Task A_new_database_lacks_nothing()
    {
        await using var storage = await database.OpenAsync();

        Assert.False(await storage.FeedBackfill.IsNeededAsync(CancellationToken.None));
    }

    private static async Task FillAsync(BillingStorage storage, IFeedBackfill store)
    {
        using var backfill = new FeedBackfill(
            store, new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System)), TimeProvider.System,
            NullLogger<FeedBackfill>.Instance);
        Assert.True(await backfill.RunAsync(CancellationToken.None));
    }

    /// <summary>Compares the feed of each subscription with what its history says.</summary>
    private static async Task CompareAsync(BillingStorage storage, RandomMarket market)
    {
        var feed = (await ReadAsync(storage)).ToLookup(e => e.Subject, e => e.Event);
        var compared = 0;
        foreach (var id in RandomMarket.Ids)
        {
            List<FeedEvent>? expected = null;
            foreach (var step in await market.ReadHistoryAsync(id))
                FeedRules.Collect(step.Before, step.Event, step.After, step.Terms.Product.SellerId, ref expected);
            Assert.Equal(expected ?? [], feed[id]);
            compared += expected?.Count ?? 0;
        }

        Assert.True(compared > 500, $"only {compared} events were compared");
        Assert.Equal(compared, feed.Sum(events => events.Count()));
    }

    private static async Task<List<PlacedEvent>> ReadAsync(BillingStorage storage)
    {
        await storage.PlaceFeedAsync(CancellationToken.None);
        var events = new List<PlacedEvent>();
        for (var after = 0L; ;)
        {
            var page = await storage.Feed.ReadAsync(new FeedQuery(after, IEventFeed.PageMax), CancellationToken.None);
            events.AddRange(page.Events);
            if (!page.HasMore) return events;
            after = page.Through;
        }
    }

    /// <summary>Runs a callback between reading and writing.</summary>
    private sealed class Interrupted(IFeedBackfill inner, Func<int, Task> beforeWrite) : IFeedBackfill
    {
        private int writes;

        public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) => inner.TryLeadAsync(cancellationToken);

        public ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken) => inner.IsNeededAsync(cancellationToken);

        public ValueTask<IReadOnlyList<UnfedSubscription>> ReadMissingAsync(
            string? afterId, int limit, CancellationToken cancellationToken) =>
            inner.ReadMissingAsync(afterId, limit, cancellationToken);

        public async ValueTask<int> WriteAsync(IReadOnlyList<BackfilledSubscription> batch, CancellationToken cancellationToken)
        {
            await beforeWrite(++writes);
            return await inner.WriteAsync(batch, cancellationToken);
        }

        public ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken) => inner.TryCompleteAsync(cancellationToken);
    }
}
