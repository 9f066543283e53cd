using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Ways;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The measurements of an engine in this process, each on its own copy of the database.</summary>
internal sealed class WaysInProcess(Bench bench, Engine engine)
{
    /// <summary>Filling SQLite takes long, and its cost per command does not depend on the number of rows.</summary>
    private const int SqliteSubscriptionsMax = 20_000;
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);

    private readonly ThroughputOptions options = bench.Options;

    private ProcessorUse Processors => bench.Processors(engine.ProcessName);

    public static int SqliteSubscriptions(int subscriptions) => Math.Min(subscriptions, SqliteSubscriptionsMax);

    /// <param name="name">The name of the figure. The bench sets the number of subscriptions.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    public Task<Measurement> CommandsAsync(string name, CancellationToken cancellationToken) =>
        WithPartsAsync(name, async parts =>
        {
            await using var host = await engine.OpenAsync(parts, cancellationToken);
            var way = new RuntimeWay(host, bench.Subscriptions, options.Callers);
            return await bench.TouchingLoop.RunAsync(name, options.Callers, Processors, way.CallAsync, cancellationToken);
        }, cancellationToken);

    /// <summary>Usage in bursts to the same subscriptions.</summary>
    public Task<Measurement> UsageAsync(CancellationToken cancellationToken) => WithPartsAsync(WayNames.Usage, async parts =>
    {
        await using var host = await engine.OpenAsync(parts, cancellationToken);
        var way = new UsageWay(host, bench.Subscriptions);
        return await bench.Loop.RunAsync(WayNames.Usage, options.Callers, Processors, way.CallAsync, cancellationToken);
    }, cancellationToken);

    public async Task<Measurement> SqliteAsync(CancellationToken cancellationToken)
    {
        using var data = new TemporaryDirectory();
        var few = new Subscriptions(SqliteSubscriptions(options.Subscriptions));
        await using var storage = await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = Path.Combine(data.Path, "billing.db") }, NullLoggerFactory.Instance, cancellationToken);
        await Screen.ProgressAsync(
            "filling SQLite", few.Count, done => Seed.FillAsync(storage, few, bench.SoldAt, done, cancellationToken));
        await using var host = await engine.OpenAsync(new HostParts(storage) { Subscriptions = few.Count }, cancellationToken);
        var way = new RuntimeWay(host, few, options.Callers);
        return await bench.TouchingLoop.RunAsync(
            WayNames.Sqlite, options.Callers, new ProcessorUse(ProcessorUse.Own(engine.ProcessName)), way.CallAsync, cancellationToken);
    }

    /// <summary>All subscriptions due at one instant, on an engine that has none in memory.</summary>
    public Task<BillingDay> BillingDayAsync(bool countsStatistics, CancellationToken cancellationToken) =>
        WithPartsAsync(engine.BillingDay, async parts =>
        {
            var payments = new PaymentCounter(parts.Journal, bench.Subscriptions.Count);
            var clock = new VirtualClock(bench.SoldAt);
            await using var host = await engine.OpenAsync(
                parts with { Journal = payments, StandingClock = clock, CountsStatistics = countsStatistics }, cancellationToken);
            return await new BillingDayWay(host, clock, payments).RunAsync(
                countsStatistics ? engine.BillingDay : WayNames.BillingDayUncounted, bench.SoldAt, Processors,
                cancellationToken);
        }, cancellationToken);

    /// <summary>
    /// Commands that change counters, with or without statistics. With statistics, a reader asks once a second for the number of
    /// cancellations and must find all that were acknowledged more than a second earlier.
    /// </summary>
    public Task<(Measurement Measurement, FreshnessVerdict? Verdict)> CountedAsync(
        bool countsStatistics, CancellationToken cancellationToken)
    {
        var name = countsStatistics ? WayNames.WithStatistics : WayNames.WithoutStatistics;
        return WithPartsAsync(name, async parts =>
        {
            await using var host = await engine.OpenAsync(parts with { CountsStatistics = countsStatistics }, cancellationToken);
            var log = new FreshnessLog();
            var way = new CountedCommandWay(host, bench.Subscriptions, options.Callers, log);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var cancellations = new StoredCancellations(parts.Storage.Statistics, ThroughputCatalog.SellerId);
            var reader = countsStatistics ? log.ReadUntilAsync(ReadInterval, cancellations.ReadAsync, over.Token) : Task.CompletedTask;
            try
            {
                var measurement = await bench.TouchingLoop.RunAsync(name, options.Callers, Processors, way.CallAsync, cancellationToken);
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

    public Task<ColdLoads> ColdAsync(CancellationToken cancellationToken) => WithPartsAsync(engine.Cold, async parts =>
    {
        await using var host = await engine.OpenAsync(parts, cancellationToken);
        var cold = await new ColdWay(host, bench.Subscriptions, options.Callers).RunAsync(Processors, cancellationToken);
        var live = host is LiveSilo silo ? await silo.CountGrainsAsync() : ((TurnHost)host).LiveCount;
        return live >= options.Subscriptions
            ? cold
            : throw new LoadTestException($"{live} of {options.Subscriptions} subscriptions are in memory.");
    }, cancellationToken);

    /// <summary>Runs on a copy of the database, with its own storage.</summary>
    private Task<T> WithPartsAsync<T>(string way, Func<HostParts, Task<T>> run, CancellationToken cancellationToken) =>
        bench.WithCopyAsync(way, async connectionString =>
        {
            await using var storage = await bench.OpenAsync(connectionString, cancellationToken);
            return await run(
                new HostParts(storage) { ConnectionString = connectionString, Subscriptions = bench.Subscriptions.Count });
        }, cancellationToken);
}
