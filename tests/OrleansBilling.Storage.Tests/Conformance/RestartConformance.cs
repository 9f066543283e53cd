using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class RestartConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Whatever_was_written_is_there_after_a_restart()
    {
        await Catalogs.AddMarketAsync(Storage);
        await Storage.Coupons.AddAsync(Catalogs.Coupon(), CancellationToken.None);
        await Storage.Coupons.ReserveAsync("coupon-1", "sub-1", 1, CancellationToken.None);
        await Storage.Settings.WriteAsync("clock", "now", CancellationToken.None);
        await GivenAsync(
            Commit("sub-1", events: 2, dueAt: Now, balances: [Balance(7)], messages: [Message(2)], documents: [Invoice(1)],
                usageKeys: ["a"], deltas: [Delta(5)]));
        Assert.Equal(1, await Storage.Documents.AssignAsync(10, CancellationToken.None));
        await GivenAsync(Commit("sub-1", expected: 2, dueAt: Now, documents: [Invoice(2)]));

        await Storage.DisposeAsync();
        await using var again = await Database.OpenAsync();

        Assert.Equal(3, (await again.Journal.LoadAsync("sub-1", CancellationToken.None))!.Version);
        Assert.Equal(3, (await again.Journal.ReadEventsAsync("sub-1", 0, 10, CancellationToken.None)).Count);
        Assert.Equal(Now, await again.Due.ReadNextDueAsync(CancellationToken.None));
        Assert.Equal(["a"], (await again.Journal.FindUsageKeysAsync("sub-1", ["a", "b"], CancellationToken.None)).Keys);
        Assert.Equal(
            5, Assert.Single(
                await again.Statistics.ReadAsync(new StatisticsFilter(), 0, 1_000, StatisticsGrouping.None, CancellationToken.None)).Value);
        Assert.Equal(7, Assert.Single(await again.Balances.ReadAsync(null, null, null, 10, CancellationToken.None)).Amount);
        Assert.Equal(2, Assert.Single(await again.Outbox.ReadAsync(null, 10, CancellationToken.None)).Message.Sequence);
        Assert.Equal(
            EveryProperty.Of(Catalogs.Product()),
            EveryProperty.Of(await again.Catalog.FindProductAsync("product-1", CancellationToken.None)));
        Assert.Equal("now", await again.Settings.ReadAsync("clock", CancellationToken.None));
        Assert.Equal(CouponReservation.Exhausted, await again.Coupons.ReserveAsync("coupon-1", "sub-2", 1, CancellationToken.None));
        Assert.Equal(CouponReservation.AlreadyReserved, await again.Coupons.ReserveAsync("coupon-1", "sub-1", 1, CancellationToken.None));
    }

    [StorageFact]
    public async Task Numbers_and_positions_go_on_after_a_restart_where_they_stood()
    {
        await GivenAsync(Commit("sub-1", messages: [Message(1)], documents: [Invoice(1)]));
        Assert.Equal(1, await Storage.Documents.AssignAsync(10, CancellationToken.None));
        var position = Assert.Single(await Storage.Outbox.ReadAsync(null, 10, CancellationToken.None)).Position;
        Assert.Equal(1, await Storage.Outbox.RemoveAsync(null, [position], CancellationToken.None));

        await Storage.DisposeAsync();
        await using var again = await Database.OpenAsync();
        Assert.Equal(
            CommitOutcome.Committed,
            await again.Journal.CommitAsync(
                Commit("sub-1", expected: 1, messages: [Message(2)], documents: [Invoice(2)]), CancellationToken.None));

        Assert.True(Assert.Single(await again.Outbox.ReadAsync(null, 10, CancellationToken.None)).Position > position);
        Assert.Equal(1, await again.Documents.AssignAsync(10, CancellationToken.None));
        var numbers = await again.Documents.FindAsync("sub-1", CancellationToken.None);
        Assert.Equal((1, 2), (numbers[Invoice(1)], numbers[Invoice(2)]));
    }
}
