using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>The contract of everything that commits sum in two steps: deltas at once, folded rows later.</summary>
public abstract class FoldingTests(PostgresFixture postgres, string deltaTable, string foldedTable)
{
    private readonly string countDeltasSql = $"select count(*) from {deltaTable}";

    /// <summary>A new subscription's commit that adds to sums, which are named after the offers of the market.</summary>
    protected abstract JournalCommit CommitOf(int number, params (string Sum, long Value)[] parts);

    protected abstract Task<int> FoldAsync(PostgresStorage storage);

    /// <summary>All sums in one read.</summary>
    protected abstract Task<IReadOnlyList<(string Sum, long Value)>> ReadAsync(PostgresStorage storage);

    /// <summary>A row that adds 1 to the sum of offer-1.</summary>
    protected abstract string DeltaRow { get; }

    [PostgresFact]
    public async Task Folding_changes_no_figure()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database.Options);
        for (var number = 0; number < 20; number++)
        {
            await CommitAsync(storage, CommitOf(number, ("offer-1", number), ("offer-3", -1)));
            if (number % 7 == 0) await FoldAsync(storage);
        }

        var before = await ReadAsync(storage);
        Assert.True(await FoldAsync(storage) > 0);

        Assert.Equal(0, await database.QueryAsync<long>(countDeltasSql));
        Assert.Equal(before, await ReadAsync(storage));
        Assert.Equal(170, before.Sum(row => row.Value));
        Assert.Equal(0, await FoldAsync(storage));
    }

    [PostgresFact]
    public async Task A_round_folds_no_more_rows_than_allowed()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database.Options with { FoldRowsMax = 3 });
        for (var number = 0; number < 5; number++) await CommitAsync(storage, CommitOf(number, ("offer-1", 1)));

        Assert.Equal(3, await FoldAsync(storage));
        Assert.Equal(2, await FoldAsync(storage));
    }

    [PostgresFact]
    public async Task Figures_are_exact_at_every_instant_while_two_processes_commit_and_fold()
    {
        var database = await postgres.CreateAsync();
        await using var first = await OpenAsync(database.Options);
        await using var second = await PostgresTestDatabase.OpenAsync(database.Options);
        using var ended = new CancellationTokenSource();

        // Every commit moves 1 from one sum to another, so the two always cancel out.
        var commits = Task.Run(async () =>
        {
            for (var number = 0; number < 300; number++)
                await CommitAsync(number % 2 == 0 ? first : second, CommitOf(number, ("offer-1", 1), ("offer-2", -1)));
            await ended.CancelAsync();
        });
        var folds = new[] { first, second }.Select(storage => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested) await FoldAsync(storage);
        }));
        var reads = Task.Run(async () =>
        {
            var growing = 0L;
            while (!ended.IsCancellationRequested)
            {
                var rows = await ReadAsync(first);
                Assert.Equal(0, rows.Sum(row => row.Value));
                var now = SumOf("offer-1", rows);
                Assert.True(now >= growing, "A figure went back.");
                growing = now;
            }
        });
        await Task.WhenAll([commits, reads, .. folds]);

        Assert.Equal(300, SumOf("offer-1", await ReadAsync(second)));
    }

    [PostgresFact]
    public async Task Folding_goes_on_by_itself()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database.Options with { FoldInterval = TimeSpan.FromMilliseconds(20) });
        await CommitAsync(storage, CommitOf(1, ("offer-1", 1)));

        await Eventually.EqualAsync(0, () => database.QueryAsync<long>(countDeltasSql));

        Assert.Equal(1, await database.QueryAsync<long>($"select count(*) from {foldedTable}"));
    }

    [PostgresFact]
    public async Task The_table_of_deltas_lives_by_being_emptied_and_is_cleaned_by_whoever_empties_it()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database.Options);
        await database.ExecuteAsync($"insert into {deltaTable} select {DeltaRow} from generate_series(1, 60000)");

        Assert.Equal(50_000, await FoldAsync(storage));
        await Eventually.HoldsAsync(
            async () =>
                await database.QueryAsync<long>($"select vacuum_count from pg_stat_user_tables where relname = '{deltaTable}'") == 1);
        Assert.Equal(10_000, await FoldAsync(storage));

        Assert.Equal(60_000, SumOf("offer-1", await ReadAsync(storage)));
    }

    private static async Task<PostgresStorage> OpenAsync(PostgresStorageOptions options)
    {
        var storage = await PostgresTestDatabase.OpenAsync(options);
        await Catalogs.AddMarketAsync(storage);
        return storage;
    }

    private static async Task CommitAsync(PostgresStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));

    private static long SumOf(string sum, IReadOnlyList<(string Sum, long Value)> rows) =>
        rows.Where(row => row.Sum == sum).Sum(row => row.Value);
}
