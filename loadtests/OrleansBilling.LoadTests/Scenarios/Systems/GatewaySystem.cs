using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>
/// Gateways in processes of their own, which are silos, too, or have silos behind them. Commands take one of the two ways
/// over HTTP.
/// </summary>
internal sealed class GatewaySystem : RunningSystem
{
    private readonly ScenarioOptions options;
    private readonly LoadCatalog catalog;
    private readonly bool byLines;
    private readonly List<SiloProcess> silos = [];
    private readonly List<GatewayProcess> gateways = [];
    private BillingApi? api;

    private GatewaySystem(ScenarioOptions options, LoadCatalog catalog, bool byLines)
    {
        this.options = options;
        this.catalog = catalog;
        this.byLines = byLines;
    }

    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes =>
    [
        Own("load"),
        ("gateways", () => Sum(gateways.Select(gateway => gateway.ProcessorTime))),
        .. silos.Count == 0 ? [] : new (string, Func<TimeSpan?>)[] { ("silos", () => Sum(silos.Select(silo => silo.ProcessorTime))) },
    ];

    /// <param name="options">How many gateways and silos.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="catalog">What is sold.</param>
    /// <param name="byLines">Whether commands go as lines, instead of one a request.</param>
    /// <param name="payments">A stand-alone provider; null for the one in the processes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<GatewaySystem> StartAsync(
        ScenarioOptions options, string connectionString, LoadCatalog catalog, bool byLines, Uri? payments,
        CancellationToken cancellationToken)
    {
        var system = new GatewaySystem(options, catalog, byLines);
        try
        {
            if (options.Silos > 0)
                system.silos.AddRange(await SiloProcess.StartAsync(options.Silos, connectionString, payments, cancellationToken));
            var setup = new GatewaySetup { Postgres = connectionString, Payments = payments, Role = options.Silos > 0 ? "gateway" : "all" };
            for (var n = 0; n < options.Gateways; n++) system.gateways.Add(await GatewayProcess.StartAsync(setup, cancellationToken));
            system.api = new BillingApi(system.gateways[0].Address, setup.Key);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public override async Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken)
    {
        var addresses = gateways.Select(gateway => new GatewayAddress(gateway.Address, gateway.Key)).ToList();
        var bodies = new CommandBodies(catalog);
        return byLines
            ? await BulkTarget.OpenAsync(addresses, options.Streams, options.Callers, bodies, cancellationToken)
            : await HttpTarget.ConnectAsync(addresses, options.Connections, bodies, cancellationToken);
    }

    public override async ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken)
    {
        // Wide enough for a run over midnight.
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var figures = await api!.GetAsync<CancellationsDocument>(
            $"/v1/statistics/cancellations?seller_id={sellerId}&from={today.AddDays(-2):O}&to={today.AddDays(2):O}", cancellationToken);
        return figures.Canceled;
    }

    public override LoadTestException Explain(Exception exception) =>
        gateways.Count == 0 ? base.Explain(exception) : gateways[0].Explain(exception);

    public override async ValueTask DisposeAsync()
    {
        api?.Dispose();
        foreach (var gateway in gateways) await gateway.DisposeAsync();
        foreach (var silo in silos) await silo.DisposeAsync();
    }

    private static TimeSpan? Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, static (sum, time) => sum + time);
}
