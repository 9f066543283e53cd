using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>
/// A database of an older release, whose counters were defined differently. It is recounted from its events while commits continue, even
/// across a crash, and must equal a recomputation.
/// </summary>
/// <param name="createDatabase">Creates an empty database.</param>
/// <param name="folder">The folder of the database's scripts.</param>
public abstract class RecountConformance(Func<Task<TestDatabase>> createDatabase, string folder) : IAsyncLifetime
{
    /// <summary>The last script of the release whose counters were defined differently.</summary>
    private const int OldVersion = 14;

    private const int AtOnce = 8;

    private TestDatabase source = null!;
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        source = await createDatabase();
        database = await createDatabase();
        await database.ExecuteAsync("create table schema_version (version integer primary key, name text not null)");
        foreach (var (number, name, text) in EmbeddedSql.ReadScripts(folder).Where(script => script.Number <= OldVersion))
        {
            await database.ExecuteAsync(text);
            await database.ExecuteAsync($"insert into schema_version (version, name) values ({number}, '{name}')");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <summary>The rows of a subscription as the old release wrote them.</summary>
    protected abstract IEnumerable<string> OldRows(StoredSubscription stored, DirectoryEntry entry, IEnumerable<StoredEvent> events);

    [StorageFact]
    public async Task An_old_database_is_recounted_while_commits_go_on_and_across_a_crash()
    {
        var market = await LiveThenAsync();
        await database.ExecuteAsync(
            "insert into statistic_day (offer_id, day, metric, slice, value) values ('offer-monthly', 19800, 3, -1, 77)");
        await using (var storage = await database.OpenUpgradedAsync())
        {
            market = await market.MoveToAsync(storage);
            await Assert.ThrowsAsync<StatisticsRebuildingException>(async () => await ReadAsync(storage));
            await market.GoOnAsync(2);
            var crash = new Interrupted(
                storage.Recount, write => write == 3 ? throw new InvalidOperationException("killed") : market.GoOnAsync(1));
            await Assert.ThrowsAsync<InvalidOperationException>(() => RecountAsync(storage, crash));
            Assert.NotEmpty(await storage.Recount.ReadUncountedAsync(null, 100, CancellationToken.None));
        }

        await using (var storage = await database.OpenUpgradedAsync())
        {
            market = await market.MoveToAsync(storage);
            await Assert.ThrowsAsync<StatisticsRebuildingException>(async () => await ReadAsync(storage));
            await RecountAsync(storage, new Interrupted(storage.Recount, write => write < 8 ? market.GoOnAsync(1) : Task.CompletedTask));
            Assert.False(await storage.Recount.IsRebuildingAsync(CancellationToken.None));
            await new RecomputedCounters(storage, market).CompareAsync();
            await market.GoOnAsync(3);
            await new RecomputedCounters(storage, market).CompareAsync();
        }

        await using var again = await database.OpenUpgradedAsync();
        Assert.False(await again.Recount.IsRebuildingAsync(CancellationToken.None));
    }

    /// <summary>
    /// Counters of before a rule was mended are wrong until they are counted again by the rules of today, such as affiliates' activations
    /// and early losses of subscriptions that were paid after their end.
    /// </summary>
    [StorageFact]
    public async Task Whoever_asks_has_all_counters_dropped_and_counted_again_while_commits_go_on()
    {
        await using var storage = await source.OpenUpgradedAsync();
        var market = new RandomMarket(storage, seed: 5);
        await market.LiveAsync(() => Task.CompletedTask);
        await new RecomputedCounters(storage, market).CompareAsync();
        foreach (var metric in (StatisticMetric[])[StatisticMetric.PartyActivations, StatisticMetric.PartyLost])
        {
            await source.ExecuteAsync(
                $"insert into statistic_day (offer_id, day, metric, slice, value) values ('offer-monthly', 19800, {(int)metric}, 0, 77)");
        }

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => new RecomputedCounters(storage, market).CompareAsync());

        await storage.Recount.BeginAsync(CancellationToken.None);
        await Assert.ThrowsAsync<StatisticsRebuildingException>(async () => await ReadAsync(storage));
        await market.GoOnAsync(2);
        await RecountAsync(storage, new Interrupted(storage.Recount, write => write < 8 ? market.GoOnAsync(1) : Task.CompletedTask));

        await new RecomputedCounters(storage, market).CompareAsync();
        await market.GoOnAsync(3);
        await new RecomputedCounters(storage, market).CompareAsync();
    }

    /// <summary>Commits that are under way when the counters are dropped count once, wherever they end.</summary>
    [StorageFact]
    public async Task Counters_are_dropped_between_commits()
    {
        await using var storage = await source.OpenUpgradedAsync();
        var market = new RandomMarket(storage, seed: 7);
        await market.LiveAsync(() => Task.CompletedTask);
        for (var n = 0; n < 5; n++)
        {
            var going = market.GoOnAsync(10);
            await storage.Recount.BeginAsync(CancellationToken.None);
            await Task.WhenAll(going, RecountAsync(storage, storage.Recount));
        }

        await RecountAsync(storage, storage.Recount);
        await new RecomputedCounters(storage, market).CompareAsync();
    }

    [StorageFact]
    public async Task Two_processes_that_recount_at_once_count_everything_once()
    {
        var market = await LiveThenAsync();
        await using var storage = await database.OpenUpgradedAsync();
        market = await market.MoveToAsync(storage);
        var rival = new Interrupted(storage.Recount, async write =>
        {
            if (write == 1) await RecountAsync(storage, new Interrupted(storage.Recount, _ => Task.CompletedTask));
        });

        await RecountAsync(storage, rival);

        await new RecomputedCounters(storage, market).CompareAsync();
    }

    [StorageFact]
    public async Task A_new_database_has_nothing_to_recount()
    {
        await using var storage = await source.OpenUpgradedAsync();

        Assert.False(await storage.Recount.IsRebuildingAsync(CancellationToken.None));
        Assert.Empty(await ReadAsync(storage));
    }

    private static async Task RecountAsync(BillingStorage storage, IStatisticsRecount store)
    {
        using var recount = new StatisticsRecount(
            store, new CatalogCache(storage.Catalog, TimeProvider.System), TimeProvider.System, NullLogger<StatisticsRecount>.Instance,
            batchMax: AtOnce, readAtOnce: AtOnce);
        Assert.True(await recount.RunAsync(CancellationToken.None));
    }

    private static async Task<IReadOnlyList<StatisticRow>> ReadAsync(BillingStorage storage) =>
        await storage.Statistics.ReadAsync(
            new StatisticsFilter(), new StatisticsRange(1, 2, StatisticsStep.Range), StatisticsGrouping.None, CancellationToken.None);

    /// <summary>Creates a history and copies its rows to the old database.</summary>
    private async Task<RandomMarket> LiveThenAsync()
    {
        await using var storage = await source.OpenUpgradedAsync();
        var market = new RandomMarket(storage, seed: 5);
        await market.LiveAsync(() => Task.CompletedTask);
        foreach (var entry in await storage.Directory.ListAsync(new DirectoryFilter(), null, 100, CancellationToken.None))
        {
            var events = await storage.Journal.ReadEventsAsync(entry.SubscriptionId, 0, BillingStorage.PageRowsMax, CancellationToken.None);
            var terms = market.Offers.Single(
                terms => terms.Offer.Id == Runtime.Serialization.SubscriptionCodec.Decode(entry.State).State.OfferId);
            var state = Runtime.Serialization.SubscriptionCodec.Decode(entry.State).State;
            var row = new DirectoryEntry(
                state.Status, terms.Product.SellerId, terms.Product.Id, terms.Plan.Id, terms.Offer.Id, state.Customer.Id);
            foreach (var sql in OldRows(entry, row, events)) await database.ExecuteAsync(sql);
        }

        return market;
    }

    /// <summary>Runs a callback between reading and writing.</summary>
    private sealed class Interrupted(IStatisticsRecount inner, Func<int, Task> beforeWrite) : IStatisticsRecount
    {
        private int writes;

        public ValueTask BeginAsync(CancellationToken cancellationToken) => inner.BeginAsync(cancellationToken);

        public ValueTask<bool> IsRebuildingAsync(CancellationToken cancellationToken) => inner.IsRebuildingAsync(cancellationToken);

        public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) => new(new Nothing());

        public ValueTask<IReadOnlyList<UncountedSubscription>> ReadUncountedAsync(
            string? afterId, int limit, CancellationToken cancellationToken) =>
            inner.ReadUncountedAsync(afterId, limit, cancellationToken);

        public ValueTask<IReadOnlyList<OwnedEvent>> ReadFirstEventsAsync(
            IReadOnlyList<string> ids, int limitEach, CancellationToken cancellationToken) =>
            inner.ReadFirstEventsAsync(ids, limitEach, cancellationToken);

        public ValueTask<IReadOnlyList<StoredEvent>> ReadNextEventsAsync(
            string id, long afterSequence, int limit, CancellationToken cancellationToken) =>
            inner.ReadNextEventsAsync(id, afterSequence, limit, cancellationToken);

        public async ValueTask<int> WriteAsync(IReadOnlyList<RecountedSubscription> batch, CancellationToken cancellationToken)
        {
            await beforeWrite(++writes);
            return await inner.WriteAsync(batch, cancellationToken);
        }

        public ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken) => inner.TryCompleteAsync(cancellationToken);

        private sealed class Nothing : IAsyncDisposable
        {
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
