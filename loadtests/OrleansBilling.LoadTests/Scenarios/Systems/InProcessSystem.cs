using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>The bare handler or a silo in this process, with default settings and the system clock.</summary>
internal sealed class InProcessSystem : RunningSystem
{
    private const long ProviderSeed = 1;
    private readonly string name;
    private readonly PostgresStorage storage;
    private readonly HttpClient? providerClient;
    private readonly ProviderLedger ledger;
    private readonly LoadCatalog catalog;
    private IBillingHost? host;

    private InProcessSystem(string name, PostgresStorage storage, LoadCatalog catalog, Uri? payments)
    {
        this.name = name;
        this.storage = storage;
        this.catalog = catalog;
        providerClient = payments is null ? null : HttpPaymentProvider.CreateClient(payments);
        ledger = new ProviderLedger(providerClient is null
            ? new SimulatedPaymentProvider(ProviderSeed)
            : new HttpPaymentProvider(
                providerClient, HttpPaymentProvider.DefaultTimeout, TimeProvider.System, NullLogger<HttpPaymentProvider>.Instance));
    }

    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes => [Own(name)];

    public override ProviderLedger? Ledger => ledger;

    /// <param name="name">The name of this process in the processor column.</param>
    /// <param name="open">Opens the host.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="lanes">Commit lanes.</param>
    /// <param name="catalog">What is sold.</param>
    /// <param name="payments">A stand-alone provider; null for the one in this process.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<InProcessSystem> StartAsync(
        string name, Func<HostParts, CancellationToken, Task<IBillingHost>> open, string connectionString, int lanes, LoadCatalog catalog,
        Uri? payments, CancellationToken cancellationToken)
    {
        var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString, CommitLanes = lanes }, TimeProvider.System,
            NullLoggerFactory.Instance, cancellationToken);
        var system = new InProcessSystem(name, storage, catalog, payments);
        try
        {
            system.host = await open(
                new HostParts(storage) { ConnectionString = connectionString, Payments = system.ledger }, cancellationToken);
            await system.host.StartAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public override Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ILoadTarget>(new RuntimeTarget(host!, catalog));

    public override ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        new StoredCancellations(host is LiveSilo silo ? silo.Statistics : storage.Statistics, sellerId).ReadAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        providerClient?.Dispose();
        await storage.DisposeAsync();
    }
}
