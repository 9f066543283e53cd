using Npgsql;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Throughput.Orleans;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The baselines for the engines, each on a copy of the database. None of them runs an engine of ours.</summary>
internal sealed class Yardsticks(Bench bench, SampleCommit sample)
{
    private static readonly int[] PoolSizes = [16, 32, 64];
    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan TrialWarmUp = TimeSpan.FromSeconds(1);

    private readonly ThroughputOptions options = bench.Options;

    /// <summary>Tries each shape and pool size briefly, then measures the best one in full.</summary>
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

    /// <summary>Group commit alone.</summary>
    public Task<Measurement> JournalAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.Journal, async connectionString =>
        {
            var versions = await StoredVersions.ReadAsync(connectionString, options.Subscriptions, cancellationToken);
            await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
            var way = new JournalWay(storage.Journal, versions, sample, options.Callers);
            return await bench.Loop.RunAsync(
                WayNames.Journal, options.Callers, bench.Processors("journal"), way.CallAsync, cancellationToken);
        }, cancellationToken);

    /// <summary>Grains in Orleans' own grain storage.</summary>
    public Task<Measurement> StockOrleansAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.StockOrleans, async connectionString =>
        {
            await using var silo = await StockSilo.StartAsync(
                connectionString, new StockSnapshot(new string('x', sample.State.Length)), cancellationToken);
            var way = new StockOrleansWay(silo.Grains, bench.Subscriptions, options.Callers);
            return await bench.TouchingLoop.RunAsync(
                WayNames.StockOrleans, options.Callers, bench.Processors("silo"), way.CallAsync, cancellationToken);
        }, cancellationToken);
}
