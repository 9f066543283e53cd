using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>The ways that need Orleans: its own grain storage, and our silo; in this process, on a copy of the database each.</summary>
internal sealed class WaysOnOrleans(Bench bench, SampleCommit sample)
{
    private readonly ThroughputOptions options = bench.Options;

    public Task<Measurement> StockAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.StockOrleans, async connectionString =>
    {
        await using var silo = await StockSilo.StartAsync(
            connectionString, new StockSnapshot(new string('x', sample.State.Length)), cancellationToken);
        var way = new StockOrleansWay(silo.Grains, bench.Subscriptions, options.Callers);
        return await bench.TouchingLoop.RunAsync(
            WayNames.StockOrleans, options.Callers, bench.Processors("silo"), way.CallAsync, cancellationToken);
    }, cancellationToken);

    public Task<Measurement> ClusterAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.Orleans, async connectionString =>
    {
        await using var cluster = await LiveCluster.StartAsync(connectionString, cancellationToken);
        var way = new RuntimeWay(cluster.Runtime, bench.Subscriptions, options.Callers);
        return await bench.TouchingLoop.RunAsync(
            WayNames.Orleans, options.Callers, bench.Processors("silo and client"), way.CallAsync, cancellationToken);
    }, cancellationToken);

    public Task<ColdLoads> ColdAsync(CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.OrleansCold, async connectionString =>
    {
        await using var cluster = await LiveCluster.StartAsync(connectionString, cancellationToken);
        return await new ColdWay(cluster.Runtime, bench.Subscriptions, options.Callers)
            .RunAsync(bench.Processors("silo and client"), cancellationToken);
    }, cancellationToken);
}
