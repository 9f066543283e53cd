using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Issue 8, 2.1: no sum across subscriptions fails, and no sum fails or delays a commit.</summary>
public abstract class WideSumConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private const long Brim = long.MaxValue;

    [StorageFact]
    public async Task Counters_filled_to_the_brim_take_another_sellers_payment_and_stay_exact()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(Commit("a-1", deltas: [Delta(1, metric: StatisticMetric.Collected)]));
        await FoldAsync();
        foreach (var table in new[] { "statistic_day", "statistic_market" })
            await Database.ExecuteAsync($"update {table} set value = {Brim}");

        await GivenAsync(
            Commit("b-1", deltas: [Delta(990, "offer-1b", metric: StatisticMetric.Collected)]),
            Commit("a-1", 1, deltas: [Delta(10, metric: StatisticMetric.Collected)]));

        Assert.Equal((Int128)Brim + 1_000, await MarketAsync(StatisticMetric.Collected));
        Assert.Equal((Int128)Brim + 10, await OfOfferAsync("offer-1", StatisticMetric.Collected));
        await FoldAsync();
        Assert.Equal((Int128)Brim + 1_000, await MarketAsync(StatisticMetric.Collected));
        Assert.Equal((Int128)Brim + 10, await OfOfferAsync("offer-1", StatisticMetric.Collected));
        Assert.Equal(990, await OfOfferAsync("offer-1b", StatisticMetric.Collected));
    }

    [StorageFact]
    public async Task One_batch_may_come_to_more_than_64_bits_whoever_wins()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(Commit("sub-0"));

        // Written as one batch, in which sub-0 loses.
        Task<CommitOutcome[]> outcomes;
        await using (await Database.BlockCommitsAsync())
        {
            outcomes = CommitAllAsync(
                Enumerable.Range(0, 6).Select(n => Commit($"sub-{n}", balances: [Balance(-Brim, "platform")], deltas: [Delta(Brim)])));
        }

        Assert.Equal(5, (await outcomes).Count(outcome => outcome == CommitOutcome.Committed));
        Assert.Equal((Int128)Brim * 5, await MarketAsync(StatisticMetric.Active));
        Assert.Equal((Int128)Brim * 5, await OfOfferAsync("offer-1", StatisticMetric.Active));
        Assert.Equal(-(Int128)Brim * 5, await BalanceAsync("platform"));
        await FoldAsync();
        Assert.Equal((Int128)Brim * 5, await MarketAsync(StatisticMetric.Active));
        Assert.Equal(-(Int128)Brim * 5, await BalanceAsync("platform"));
    }

    [StorageFact]
    public async Task Sums_grow_past_64_bits_and_come_back_on_either_side_of_zero()
    {
        await Catalogs.AddMarketAsync(Storage);
        long[] values = [
            Brim, Brim, long.MinValue, 7, long.MinValue, long.MinValue, -1_000_000_000_000_000_000, Brim, Brim, 999_999_999_999_999_999];
        var expected = Int128.Zero;
        for (var n = 0; n < values.Length; n++)
        {
            await GivenAsync(
                Commit("sub-1", n, balances: [Balance(values[n])],
                    deltas: [Delta(values[n]), Delta(-values[n] == values[n] ? 0 : -values[n], "offer-1b")]));
            if (n % 3 == 0) await FoldAsync();
            expected += values[n];
            Assert.Equal(expected, await OfOfferAsync("offer-1", StatisticMetric.Active));
            Assert.Equal(expected, await BalanceAsync("seller-1"));
        }
    }

    [StorageFact]
    public async Task Months_are_closed_over_days_past_64_bits()
    {
        await Catalogs.AddMarketAsync(Storage);
        for (var day = 0; day < 12; day++)
            await GivenAsync(Commit($"sub-{day}", deltas: [Delta(day % 4 == 3 ? long.MinValue : Brim, day: 100 + (day * 7))]));
        await FoldAsync();
        await GivenAsync(Commit("later", deltas: [Delta(5, day: 400), Delta(Brim, day: 100)]));
        await FoldAsync();
        await GivenAsync(Commit("later", 1, deltas: [Delta(5, day: 800), Delta(Brim, day: 100)]));
        await FoldAsync();

        var rows = await Storage.Statistics.ReadAsync(
            new StatisticsFilter { OfferId = "offer-1" }, new StatisticsRange(0, 1_000, StatisticsStep.Range), StatisticsGrouping.None,
            CancellationToken.None);
        Assert.Equal(((Int128)Brim * 11) + ((Int128)long.MinValue * 3) + 10, Assert.Single(rows).Value);
    }

    [StorageFact]
    public async Task Balances_filled_to_the_brim_take_more()
    {
        await GivenAsync(Commit("sub-1", balances: [Balance(1)]));
        await FoldAsync();
        await Database.ExecuteAsync($"update balance set amount = {Brim}");

        await GivenAsync(Commit("sub-2", balances: [Balance(2), Balance(3, "platform")]));
        await FoldAsync();

        Assert.Equal((Int128)Brim + 2, await BalanceAsync("seller-1"));
        Assert.Equal(3, await BalanceAsync("platform"));
    }

    [StorageFact]
    public async Task A_counter_that_the_database_refuses_is_set_aside_alone_and_figures_stay_exact()
    {
        await Catalogs.AddMarketAsync(Storage);
        await Database.ExecuteAsync(RefuseSql("statistic_day", "offer_id", "offer-1"));

        await GivenAsync(
            Commit("sub-1", deltas: [Delta(3), Delta(4, "offer-2"), Delta(6, metric: StatisticMetric.New)]),
            Commit("sub-2", deltas: [Delta(30), Delta(40, "offer-2")]));
        await FoldAsync();
        await GivenAsync(Commit("sub-3", deltas: [Delta(300), Delta(400, "offer-2")]));
        await FoldAsync();

        Assert.Equal(333, await OfOfferAsync("offer-1", StatisticMetric.Active));
        Assert.Equal(444, await OfOfferAsync("offer-2", StatisticMetric.Active));
        Assert.Equal(777, await MarketAsync(StatisticMetric.Active));
        Assert.Equal(1, await Database.QueryAsync<long>("select count(*) from statistic_day"));
        Assert.Equal(2, await Database.QueryAsync<long>("select count(*) from statistic_aside where reason like '%broken%'"));

        // Once the table is repaired, the next start adds it.
        await Database.ExecuteAsync(MendSql("statistic_day"));
        await ReopenAsync();
        await GivenAsync(Commit("sub-4"));
        await FoldAsync();

        Assert.Equal(0, await Database.QueryAsync<long>("select count(*) from statistic_aside"));
        Assert.Equal(3, await Database.QueryAsync<long>("select count(*) from statistic_day"));
        Assert.Equal(333, await OfOfferAsync("offer-1", StatisticMetric.Active));
        Assert.Equal(777, await MarketAsync(StatisticMetric.Active));
    }

    [StorageFact]
    public async Task A_balance_that_the_database_refuses_is_set_aside_alone()
    {
        await Database.ExecuteAsync(RefuseSql("balance", "party_id", "platform"));

        await GivenAsync(Commit("sub-1", balances: [Balance(3), Balance(4, "platform")]));
        await FoldAsync();
        await GivenAsync(Commit("sub-2", balances: [Balance(30), Balance(40, "platform")]));
        await FoldAsync();

        Assert.Equal(33, await BalanceAsync("seller-1"));
        Assert.Equal(44, await BalanceAsync("platform"));
        Assert.Equal(1, await Database.QueryAsync<long>("select count(*) from balance_aside"));

        await Database.ExecuteAsync(MendSql("balance"));
        await ReopenAsync();
        await GivenAsync(Commit("sub-3", balances: [Balance(400, "platform")]));
        await FoldAsync();
        Assert.Equal(444, await BalanceAsync("platform"));
        Assert.Equal(0, await Database.QueryAsync<long>("select count(*) from balance_aside"));
    }

    /// <summary>Makes a table refuse certain rows, as a fault of the database would.</summary>
    protected abstract string RefuseSql(string table, string column, string value);

    protected abstract string MendSql(string table);

    /// <summary>Folds all deltas, for databases that fold later.</summary>
    protected virtual Task FoldAsync() => Task.CompletedTask;

    private async Task<Int128> MarketAsync(StatisticMetric metric) => await SumAsync(new StatisticsFilter { Metrics = [metric] });

    private async Task<Int128> OfOfferAsync(string offer, StatisticMetric metric) =>
        await SumAsync(new StatisticsFilter { OfferId = offer, Metrics = [metric] });

    private async Task<Int128> SumAsync(StatisticsFilter filter) =>
        (await Storage.Statistics.ReadAsync(filter, 100, 1_000, StatisticsGrouping.None, CancellationToken.None))
            .Aggregate(Int128.Zero, (sum, row) => sum + row.Value);

    private async Task<Int128> BalanceAsync(string party) =>
        Assert.Single(await Storage.Balances.ReadAsync("seller-1", party, null, 10, CancellationToken.None)).Amount;
}
