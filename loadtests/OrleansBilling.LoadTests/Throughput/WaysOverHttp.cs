using System.Globalization;
using System.Net.Sockets;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The measurements over HTTP: of a gateway process, and of a server that returns constant bytes.</summary>
internal sealed class WaysOverHttp(Bench bench)
{
    /// <summary>The name of the command that serves constant bytes.</summary>
    public const string ServeConstant = "serve-constant";

    private const int AnswerBytesDefault = 800;
    private readonly ThroughputOptions options = bench.Options;
    private int answerBytes = AnswerBytesDefault;

    /// <summary>Measures lines and requests against one gateway and passes each result to <paramref name="measured"/>.</summary>
    public Task<int> GatewayAsync(Action<Measurement> measured, CancellationToken cancellationToken) =>
        bench.WithCopyAsync(WayNames.Http, async connectionString =>
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Postgres = connectionString }, cancellationToken);
        try
        {
            // Lines go first, because they load all subscriptions into memory fastest.
            if (options.Wants(WayNames.Bulk)) measured(await BulkAsync(gateway, cancellationToken));
            if (options.Wants(WayNames.Http)) measured(await RequestsAsync(gateway, cancellationToken));
            return answerBytes;
        }
        catch (Exception exception) when (exception is LoadTestException or SocketException)
        {
            throw gateway.Explain(exception);
        }
    }, cancellationToken);

    /// <summary>Measures the start of a gateway on the stored subscriptions, up to one command.</summary>
    public Task<StartUp> StartUpAsync(CancellationToken cancellationToken) => bench.WithCopyAsync(
        WayNames.StartUp, connectionString =>
            StartUpWay.RunAsync(connectionString, bench.Subscriptions, cancellationToken), cancellationToken);

    /// <summary>The same requests, to a server that only answers, with as many bytes as the gateway.</summary>
    public async Task<Measurement> ConstantAsync(CancellationToken cancellationToken)
    {
        await using var server = await ChildProcess.StartAsync(
            "OrleansBilling.LoadTests.dll",
            [ServeConstant, "--bytes", answerBytes.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string>(),
            cancellationToken);
        var processors = new ProcessorUse(ProcessorUse.Own("client"), ("server", () => server.ProcessorTime));
        var way = new HttpWay(server.Address, "constant", bench.Subscriptions, options.Connections);
        return await bench.Loop.RunAsync(WayNames.Constant, options.Connections, processors, way.CallAsync, cancellationToken);
    }

    private async Task<Measurement> BulkAsync(GatewayProcess gateway, CancellationToken cancellationToken)
    {
        var window = options.Callers / options.Streams;
        var way = new BulkWay(gateway.Address, gateway.Key, bench.Subscriptions, options.Streams, window);
        var result = await bench.TouchingLoop.RunAsync(
            WayNames.Bulk, options.Streams, Processors(gateway), way.CallAsync, cancellationToken);
        return result with { InFlightMax = window * options.Streams };
    }

    private async Task<Measurement> RequestsAsync(GatewayProcess gateway, CancellationToken cancellationToken)
    {
        var way = new HttpWay(gateway.Address, gateway.Key, bench.Subscriptions, options.Connections);
        var loop = options.Wants(WayNames.Bulk) ? bench.Loop : bench.TouchingLoop;
        var result = await loop.RunAsync(WayNames.Http, options.Connections, Processors(gateway), way.CallAsync, cancellationToken);
        answerBytes = way.AnswerBytes;
        return result;
    }

    private ProcessorUse Processors(GatewayProcess gateway) =>
        new(ProcessorUse.Own("client"), ("gateway", () => gateway.ProcessorTime), bench.PostgresProcessors);
}
