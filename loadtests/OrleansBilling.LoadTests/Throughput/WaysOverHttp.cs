using System.Globalization;
using OrleansBilling.LoadTests.CommandLine;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The ways over HTTP: to a gateway in a process of its own, and to a server that answers a constant.</summary>
internal sealed class WaysOverHttp(Bench bench)
{
    private const int AnswerBytesDefault = 800;
    private readonly ThroughputOptions options = bench.Options;
    private int answerBytes = AnswerBytesDefault;

    /// <summary>Lines and requests, to one gateway. Each is given to <paramref name="measured"/> when it is done.</summary>
    public Task<int> GatewayAsync(Action<Measurement> measured, CancellationToken cancellationToken) => bench.WithCopyAsync(WayNames.Http, async connectionString =>
    {
        await using var gateway = await GatewayProcess.StartAsync(connectionString, clockStart: null, cancellationToken);
        var processors = new ProcessorUse(ProcessorUse.Own("client"), ("gateway", () => gateway.ProcessorTime), bench.PostgresProcessors);
        // Lines come first: they bring all subscriptions into memory soonest.
        if (options.Wants(WayNames.Bulk))
        {
            var way = new BulkWay(gateway.Address, gateway.Key, bench.Subscriptions, options.Streams, options.Callers / options.Streams);
            var result = await bench.TouchingLoop.RunAsync(WayNames.Bulk, options.Streams, processors, way.CallAsync, cancellationToken);
            measured(result with { Callers = options.Callers / options.Streams * options.Streams });
        }

        if (options.Wants(WayNames.Http))
        {
            var way = new HttpWay(gateway.Address, gateway.Key, bench.Subscriptions, options.Connections);
            var loop = options.Wants(WayNames.Bulk) ? bench.Loop : bench.TouchingLoop;
            measured(await loop.RunAsync(WayNames.Http, options.Connections, processors, way.CallAsync, cancellationToken));
            answerBytes = way.AnswerBytes;
        }

        return answerBytes;
    }, cancellationToken);

    /// <summary>The same requests, answered with as many bytes as the gateway answers with, by a server that does nothing else.</summary>
    public async Task<Measurement> ConstantAsync(CancellationToken cancellationToken)
    {
        await using var server = await ChildProcess.StartAsync(
            "OrleansBilling.LoadTests.dll",
            [ServeConstantCommand.Name, "--bytes", answerBytes.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string>(),
            cancellationToken);
        var processors = new ProcessorUse(ProcessorUse.Own("client"), ("server", () => server.ProcessorTime));
        var way = new HttpWay(server.Address, "constant", bench.Subscriptions, options.Connections);
        return await bench.Loop.RunAsync(WayNames.Constant, options.Connections, processors, way.CallAsync, cancellationToken);
    }
}
