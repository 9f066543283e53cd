using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class StatisticsConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Deltas_add_up_per_day_metric_and_slice()
    {
        var customer = StatisticDelta.SliceOf(CancellationOrigin.Customer);
        var system = StatisticDelta.SliceOf(CancellationOrigin.System);
        var march = StatisticDelta.MonthOf(new LocalDate(2024, 3, 1));
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1", deltas: [Delta(1), Delta(7, metric: StatisticMetric.Collected), Delta(2)]),
            Commit("sub-2", deltas: [Delta(10), Delta(1, metric: StatisticMetric.Cancellations, slice: customer)]),
            Commit("sub-2", expected: 1, deltas: [Delta(-4), Delta(1, metric: StatisticMetric.Cancellations, slice: system)]),
            Commit("sub-3",
                deltas: [
                    Delta(100, day: 101), Delta(5, day: 102), Delta(3, day: 101, metric: StatisticMetric.CohortJoined, slice: march)]));

        Assert.Equal(
            [
                new StatisticRow(100, "BRL", "", StatisticMetric.Active, null, 9),
                new StatisticRow(100, "BRL", "", StatisticMetric.Cancellations, customer, 1),
                new StatisticRow(100, "BRL", "", StatisticMetric.Cancellations, system, 1),
                new StatisticRow(100, "BRL", "", StatisticMetric.Collected, null, 7),
                new StatisticRow(101, "BRL", "", StatisticMetric.Active, null, 100),
                new StatisticRow(101, "BRL", "", StatisticMetric.CohortJoined, march, 3),
            ],
            await ReadAsync(new StatisticsFilter(), 100, 101));
    }

    [StorageFact]
    public async Task What_was_before_the_first_day_is_the_opening_balance()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1", deltas: [Delta(3, day: 50), Delta(4, day: 98), Delta(-1, day: 99)]),
            Commit("sub-2", deltas: [Delta(10, day: 100), Delta(20, day: 99, metric: StatisticMetric.Trialing)]));

        Assert.Equal(
            [
                new StatisticRow(99, "BRL", "", StatisticMetric.Trialing, null, 20),
                new StatisticRow(99, "BRL", "", StatisticMetric.Active, null, 6),
                new StatisticRow(100, "BRL", "", StatisticMetric.Active, null, 10),
            ],
            await ReadAsync(new StatisticsFilter(), 100, 100));
    }

    [StorageFact]
    public async Task Sums_are_broken_down_as_asked_and_never_across_currencies()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1", deltas: [Delta(1, "offer-1"), Delta(2, "offer-1b"), Delta(4, "offer-2"), Delta(8, "offer-3")]));

        Assert.Equal([("BRL", "", 7), ("JPY", "", 8)], await GroupsAsync(StatisticsGrouping.None));
        Assert.Equal(
            [("BRL", "product-1", 3), ("BRL", "product-2", 4), ("JPY", "product-3", 8)], await GroupsAsync(StatisticsGrouping.Product));
        Assert.Equal([("BRL", "plan-1", 3), ("BRL", "plan-2", 4), ("JPY", "plan-3", 8)], await GroupsAsync(StatisticsGrouping.Plan));
        Assert.Equal(
            [("BRL", "offer-1", 1), ("BRL", "offer-1b", 2), ("BRL", "offer-2", 4), ("JPY", "offer-3", 8)],
            await GroupsAsync(StatisticsGrouping.Offer));
    }

    [StorageFact]
    public async Task Filters_choose_whose_statistics()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1", deltas: [Delta(1, "offer-1"), Delta(2, "offer-1b"), Delta(4, "offer-2"), Delta(8, "offer-3")]));

        Assert.Equal(7, await SumAsync(new StatisticsFilter { SellerId = "seller-1" }));
        Assert.Equal(8, await SumAsync(new StatisticsFilter { SellerId = "seller-2" }));
        Assert.Equal(3, await SumAsync(new StatisticsFilter { ProductId = "product-1" }));
        Assert.Equal(4, await SumAsync(new StatisticsFilter { PlanId = "plan-2" }));
        Assert.Equal(2, await SumAsync(new StatisticsFilter { OfferId = "offer-1b" }));
        Assert.Equal(0, await SumAsync(new StatisticsFilter { SellerId = "seller-2", ProductId = "product-1" }));
    }

    [StorageFact]
    public async Task A_filter_by_metric_finds_any_of_them()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync(
            Commit("sub-1",
                deltas: [
                    Delta(1, day: 90), Delta(2, metric: StatisticMetric.Collected),
                    Delta(4, metric: StatisticMetric.CohortSize, slice: 7)]));

        Assert.Equal(7, await SumAsync(new StatisticsFilter { Metrics = [] }));
        Assert.Equal(2, await SumAsync(new StatisticsFilter { Metrics = [StatisticMetric.Collected] }));
        Assert.Equal(0, await SumAsync(new StatisticsFilter { Metrics = [StatisticMetric.Refunded] }));
        Assert.Equal(0, await SumAsync(new StatisticsFilter { Metrics = [StatisticMetric.Collected], SellerId = "seller-2" }));
        Assert.Equal(
            [
                new StatisticRow(99, "BRL", "plan-1", StatisticMetric.Active, null, 1),
                new StatisticRow(100, "BRL", "plan-1", StatisticMetric.CohortSize, 7, 4),
            ],
            await ReadAsync(
                new StatisticsFilter { Metrics = [StatisticMetric.CohortSize, StatisticMetric.Active] }, 100, 100,
                StatisticsGrouping.Plan));
    }

    [StorageFact]
    public async Task Losers_count_nothing()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync([.. Enumerable.Range(0, 30).Select(number => Commit($"sub-{number}"))]);

        // Winners and losers queue up behind a blocked database and go out in the same batches.
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Enumerable.Range(0, 30).Select(number =>
                Commit($"sub-{number}", expected: number % 3 == 0 ? 9 : 1,
                    deltas: [Delta(1), Delta(number, "offer-2", metric: StatisticMetric.Collected)])));
        }

        Assert.Equal(10, (await all).Count(outcome => outcome == CommitOutcome.Conflict));
        Assert.Equal(20, await SumAsync(new StatisticsFilter { OfferId = "offer-1" }));
        Assert.Equal(
            Enumerable.Range(0, 30).Where(number => number % 3 != 0).Sum(), await SumAsync(new StatisticsFilter { OfferId = "offer-2" }));
    }

    protected async Task<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping = StatisticsGrouping.None) =>
        await Storage.Statistics.ReadAsync(filter, fromDay, toDay, grouping, CancellationToken.None);

    protected async Task<long> SumAsync(StatisticsFilter filter) => (await ReadAsync(filter, 0, 1_000)).Sum(row => (long)row.Value);

    private async Task<(string Currency, string Group, long Value)[]> GroupsAsync(StatisticsGrouping grouping) =>
        [.. (await ReadAsync(new StatisticsFilter(), 0, 1_000, grouping)).Select(row => (row.Currency, row.Group, (long)row.Value))];
}
