using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The ways that run in this process, against a copy of the database each.</summary>
internal sealed class WaysInProcess(Bench bench, SampleCommit sample)
{
    /// <summary>Filling SQLite takes long, and its cost per command does not depend on the number of rows.</summary>
    private const int SqliteSubscriptionsMax = 20_000;
    private static readonly int[] PoolSizes = [16, 32, 64];
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan TrialWarmUp = TimeSpan.FromSeconds(1);

    private readonly ThroughputOptions options = bench.Options;

    public static int SqliteSubscriptions(int subscriptions) => Math.Min(subscriptions, SqliteSubscriptionsMax);

    /// <summary>Tries shapes and pool sizes for a moment each, and measures the best of them in full.</summary>
    public Task<(Measurement Best, IReadOnlyList<Measurement> Trials)> BaselineAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.Baseline, async connectionString =>
        {
            var versions = await StoredVersions.ReadAsync(connectionString, options.Subscriptions, cancellationToken);
            var pool = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = PoolSizes.Max(), MinPoolSize = 0 };
            await using var database = NpgsqlDataSource.Create(pool);
            var trialLoop = new ClosedLoop(TrialTime, TrialWarmUp, TrialWarmUp);
            var trials = new List<(Measurement Result, BaselineShape Shape, int Connections)>();
            foreach (var shape in Enum.GetValues<BaselineShape>())
            {
                foreach (var connections in PoolSizes)
                    trials.Add((await RunAsync(trialLoop, shape.ToString().ToLowerInvariant(), shape, connections), shape, connections));
            }

            var best = trials.MaxBy(trial => trial.Result.PerSecond);
            var result = await RunAsync(bench.Loop, WayNames.Baseline, best.Shape, best.Connections);
            IReadOnlyList<Measurement> tried = [.. trials.Select(trial => trial.Result)];
            return (result, tried);

            Task<Measurement> RunAsync(ClosedLoop loop, string name, BaselineShape shape, int connections)
            {
                var way = new BaselineWay(database, versions, sample, shape, connections);
                return loop.RunAsync(name, connections, bench.Processors("client"), way.CallAsync, cancellationToken);
            }
        }, cancellationToken);

    public Task<Measurement> JournalAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.Journal, async connectionString =>
    {
        var versions = await StoredVersions.ReadAsync(connectionString, options.Subscriptions, cancellationToken);
        await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
        var way = new JournalWay(storage.Journal, versions, sample, options.Callers);
        return await bench.Loop.RunAsync(WayNames.Journal, options.Callers, bench.Processors("journal"), way.CallAsync, cancellationToken);
    }, cancellationToken);

    /// <param name="name">How the figure is called; the number of subscriptions is the bench's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task<Measurement> RuntimeAsync(string name, CancellationToken cancellationToken) =>
        bench.WithCopyAsync(name, async connectionString =>
    {
        await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
        await using var runtime = new LiveRuntime(storage, storage.Journal, bench.SoldAt, options.Subscriptions);
        var way = new RuntimeWay(runtime.Host, bench.Subscriptions, options.Callers);
        return await bench.TouchingLoop.RunAsync(name, options.Callers, bench.Processors("runtime"), way.CallAsync, cancellationToken);
    }, cancellationToken);

    public async Task<Measurement> SqliteAsync(CancellationToken cancellationToken)
    {
        using var data = new TemporaryDirectory();
        var few = new Subscriptions(SqliteSubscriptions(options.Subscriptions));
        await using var storage = await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = Path.Combine(data.Path, "billing.db") }, NullLoggerFactory.Instance, cancellationToken);
        await Screen.ProgressAsync(
            "filling SQLite", few.Count, done => Seed.FillAsync(storage, few, bench.SoldAt, done, cancellationToken));
        await using var runtime = new LiveRuntime(storage, storage.Journal, bench.SoldAt, few.Count);
        var way = new RuntimeWay(runtime.Host, few, options.Callers);
        return await bench.TouchingLoop.RunAsync(
            WayNames.Sqlite, options.Callers, new ProcessorUse(ProcessorUse.Own("runtime")), way.CallAsync, cancellationToken);
    }

    public Task<BillingDay> BillingDayAsync(bool countsStatistics, CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.BillingDay, async connectionString =>
    {
        await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
        return await BillingDayWay.RunAsync(
            storage, bench.Subscriptions, bench.SoldAt, bench.Processors("runtime"), countsStatistics, cancellationToken);
    }, cancellationToken);

    /// <summary>
    /// Commands that count, with statistics or without. With them, a reader asks once a second how many were canceled, and
    /// must find all that was acknowledged up to a second before.
    /// </summary>
    public Task<(Measurement Measurement, FreshnessVerdict? Verdict)> CountedAsync(
        bool countsStatistics, CancellationToken cancellationToken)
    {
        var name = countsStatistics ? WayNames.WithStatistics : WayNames.WithoutStatistics;
        return bench.WithCopyAsync(name, async connectionString =>
        {
            await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
            await using var runtime = new LiveRuntime(storage, storage.Journal, bench.SoldAt, options.Subscriptions, countsStatistics);
            var log = new FreshnessLog();
            var way = new CountedCommandWay(runtime, bench.Subscriptions, options.Callers, log);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var cancellations = new StoredCancellations(storage.Statistics, ThroughputCatalog.SellerId);
            var reader = countsStatistics ? log.ReadUntilAsync(ReadInterval, cancellations.ReadAsync, over.Token) : Task.CompletedTask;
            try
            {
                var measurement = await bench.TouchingLoop.RunAsync(
                    name, options.Callers, bench.Processors("runtime"), way.CallAsync, cancellationToken);
                await over.CancelAsync();
                await reader;
                return (measurement, countsStatistics ? log.Judge(opening: 0) : null);
            }
            finally
            {
                await over.CancelAsync();
                await reader.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }, cancellationToken);
    }

    public Task<ColdLoads> ColdAsync(CancellationToken cancellationToken) => bench.WithCopyAsync(WayNames.Cold, async connectionString =>
    {
        await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
        await using var runtime = new LiveRuntime(storage, storage.Journal, bench.SoldAt, options.Subscriptions);
        var cold = await new ColdWay(runtime.Host, bench.Subscriptions, options.Callers)
            .RunAsync(bench.Processors("runtime"), cancellationToken);
        return runtime.Host.LiveCount == options.Subscriptions
            ? cold
            : throw new LoadTestException($"{runtime.Host.LiveCount} of {options.Subscriptions} subscriptions are in memory.");
    }, cancellationToken);
}
