using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>A host of turns in this process, with its defaults, on the machine's clock.</summary>
internal sealed class TurnSystem : RunningSystem
{
    private const long ProviderSeed = 1;
    private readonly PostgresStorage storage;
    private readonly TurnHost runtime;
    private readonly HttpClient? providerClient;
    private readonly ProviderLedger ledger;
    private readonly LoadCatalog catalog;

    private TurnSystem(PostgresStorage storage, LoadCatalog catalog, Uri? payments)
    {
        this.storage = storage;
        this.catalog = catalog;
        providerClient = payments is null ? null : HttpPaymentProvider.CreateClient(payments);
        ledger = new ProviderLedger(providerClient is null
            ? new SimulatedPaymentProvider(ProviderSeed)
            : new HttpPaymentProvider(
                providerClient, HttpPaymentProvider.DefaultTimeout, TimeProvider.System, NullLogger<HttpPaymentProvider>.Instance));
        runtime = new TurnHost(
            new TurnHostOptions(), storage.Journal, storage.Due, new CatalogCache(storage.Catalog, TimeProvider.System), ledger,
            SystemClock.Instance, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes { get; } = [Own("load and runtime")];

    public override ProviderLedger? Ledger => ledger;

    /// <param name="connectionString">The database.</param>
    /// <param name="lanes">Commit lanes.</param>
    /// <param name="catalog">What is sold.</param>
    /// <param name="payments">A stand-alone provider; null for the one in this process.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<TurnSystem> StartAsync(
        string connectionString, int lanes, LoadCatalog catalog, Uri? payments, CancellationToken cancellationToken)
    {
        var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString, CommitLanes = lanes }, TimeProvider.System,
            NullLoggerFactory.Instance, cancellationToken);
        var system = new TurnSystem(storage, catalog, payments);
        await system.runtime.StartAsync(cancellationToken);
        return system;
    }

    public override Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ILoadTarget>(new RuntimeTarget(runtime, catalog));

    public override ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        new StoredCancellations(storage.Statistics, sellerId).ReadAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await runtime.DisposeAsync();
        providerClient?.Dispose();
        await storage.DisposeAsync();
    }
}
