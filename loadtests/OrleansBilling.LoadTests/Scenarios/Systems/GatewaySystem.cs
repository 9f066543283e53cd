using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>
/// Gateways as child processes. They are also silos, or have silo processes behind them. Commands go over HTTP, as requests or
/// as lines.
/// </summary>
internal sealed class GatewaySystem : RunningSystem
{
    private readonly List<SiloProcess> silos = [];
    private readonly List<GatewayProcess> gateways = [];
    private GatewayWay? way;

    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes =>
    [
        Own("load"),
        ("gateways", () => Sum(gateways.Select(gateway => gateway.ProcessorTime))),
        .. silos.Count == 0 ? [] : new (string, Func<TimeSpan?>)[] { ("silos", () => Sum(silos.Select(silo => silo.ProcessorTime))) },
    ];

    /// <param name="options">The number of gateways and silos.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="catalog">What is sold.</param>
    /// <param name="byLines">Whether commands go as lines instead of one per request.</param>
    /// <param name="payments">A stand-alone provider; null for the one inside the processes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<GatewaySystem> StartAsync(
        ScenarioOptions options, string connectionString, LoadCatalog catalog, bool byLines, Uri? payments,
        CancellationToken cancellationToken)
    {
        var system = new GatewaySystem();
        try
        {
            if (options.Silos > 0)
                system.silos.AddRange(await SiloProcess.StartAsync(options.Silos, connectionString, payments, cancellationToken));
            var setup = new GatewaySetup { Postgres = connectionString, Payments = payments, Role = options.Silos > 0 ? "gateway" : "all" };
            for (var n = 0; n < options.Gateways; n++) system.gateways.Add(await GatewayProcess.StartAsync(setup, cancellationToken));
            system.way = new GatewayWay(
                [.. system.gateways.Select(gateway => new GatewayAddress(gateway.Address, gateway.Key))], options, catalog, byLines);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public override Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) => way!.OpenTargetAsync(cancellationToken);

    public override ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        way!.ReadCanceledAsync(sellerId, cancellationToken);

    public override LoadTestException Explain(Exception exception) =>
        gateways.Count == 0 ? base.Explain(exception) : gateways[0].Explain(exception);

    public override async ValueTask DisposeAsync()
    {
        way?.Dispose();
        foreach (var gateway in gateways) await gateway.DisposeAsync();
        foreach (var silo in silos) await silo.DisposeAsync();
    }

    private static TimeSpan? Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, static (sum, time) => sum + time);
}
