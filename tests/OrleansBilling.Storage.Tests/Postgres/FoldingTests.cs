using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class FoldingTests(PostgresFixture postgres)
{
    private const string DeltasSql = "select count(*) from statistic_delta";

    [PostgresFact]
    public async Task Folding_changes_no_figure()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        await Catalogs.AddMarketAsync(storage);
        for (var number = 0; number < 20; number++)
        {
            await CommitAsync(storage, Commit($"sub-{number}", deltas: [Delta(number, day: 90 + number), Delta(1, "offer-3", day: 95 + number % 3)]));
            if (number % 7 == 0) await storage.FoldStatisticsAsync(CancellationToken.None);
        }

        var before = await ReadAsync(storage);
        Assert.True(await storage.FoldStatisticsAsync(CancellationToken.None) > 0);

        Assert.Equal(0, await database.QueryAsync<long>(DeltasSql));
        Assert.Equal(before, await ReadAsync(storage));
        Assert.Equal(0, await storage.FoldStatisticsAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_round_folds_no_more_rows_than_allowed()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options with { FoldRowsMax = 3 });
        for (var number = 0; number < 5; number++) await CommitAsync(storage, Commit($"sub-{number}", deltas: [Delta(1)]));

        Assert.Equal(3, await storage.FoldStatisticsAsync(CancellationToken.None));
        Assert.Equal(2, await storage.FoldStatisticsAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task Figures_are_exact_at_every_instant_while_two_processes_commit_and_fold()
    {
        var database = await postgres.CreateAsync();
        await using var first = await PostgresTestDatabase.OpenAsync(database.Options);
        await using var second = await PostgresTestDatabase.OpenAsync(database.Options);
        await Catalogs.AddMarketAsync(first);
        using var ended = new CancellationTokenSource();

        // Every commit moves one from trialing to active, so at every instant the two cancel out.
        var commits = Task.Run(async () =>
        {
            for (var number = 0; number < 300; number++)
                await CommitAsync(number % 2 == 0 ? first : second, Commit($"sub-{number}", deltas: [Delta(1), Delta(-1, metric: StatisticMetric.Trialing)]));
            await ended.CancelAsync();
        });
        var folds = new[] { first, second }.Select(storage => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested) await storage.FoldStatisticsAsync(CancellationToken.None);
        }));
        var reads = Task.Run(async () =>
        {
            var active = 0L;
            while (!ended.IsCancellationRequested)
            {
                var rows = await ReadAsync(first);
                Assert.Equal(0, rows.Sum(row => row.Value));
                var now = rows.Where(row => row.Metric == StatisticMetric.Active).Sum(row => row.Value);
                Assert.True(now >= active, "A figure went back.");
                active = now;
            }
        });
        await Task.WhenAll([commits, reads, .. folds]);

        Assert.Equal(300, (await ReadAsync(second)).Where(row => row.Metric == StatisticMetric.Active).Sum(row => row.Value));
    }

    [PostgresFact]
    public async Task Folding_goes_on_by_itself()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options with { FoldInterval = TimeSpan.FromMilliseconds(20) });
        await CommitAsync(storage, Commit("sub-1", deltas: [Delta(1)]));

        await Eventually.HoldsAsync(async () => await database.QueryAsync<long>(DeltasSql) == 0);

        Assert.Equal(1, await database.QueryAsync<long>("select count(*) from statistic_day"));
    }

    private static async Task CommitAsync(PostgresStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));

    private static async Task<IReadOnlyList<StatisticRow>> ReadAsync(PostgresStorage storage) =>
        await storage.Statistics.ReadAsync(new StatisticsFilter(), 96, 1_000, StatisticsGrouping.Offer, CancellationToken.None);
}
