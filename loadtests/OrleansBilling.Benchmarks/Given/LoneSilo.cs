using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Silo;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Benchmarks.Given;

/// <summary>
/// A silo in this process and the gateway's client for it. The journal is in memory and the payment provider answers at once;
/// everything else is as in the server.
/// </summary>
internal sealed class LoneSilo : IAsyncDisposable
{
    private const long ProviderSeed = 1;
    private readonly RealDatabase catalog;
    private readonly IHost host;
    private readonly ClusterHost client;

    private LoneSilo(RealDatabase catalog, IHost host, ClusterHost client)
    {
        this.catalog = catalog;
        this.host = host;
        this.client = client;
    }

    public IBillingRuntime Runtime => client;

    public static async Task<LoneSilo> StartAsync(Life life)
    {
        var database = await RealDatabase.OpenAsync(DatabaseKind.Sqlite);
        var storage = database.Storage;
        await storage.Catalog.AddAsync(life.Terms.Product, CancellationToken.None);
        await storage.Catalog.AddAsync(life.Terms.Plan, CancellationToken.None);
        await storage.Catalog.AddAsync(life.Terms.Offer, CancellationToken.None);
        var journal = new SnapshotJournal();
        var stores = new SiloStores(journal, journal, storage.Catalog, storage.Statistics, storage.Recount, storage.Quarantine);
        var clock = new WireClock(SystemClock.Instance, null);
        var place = new SiloPlace
        {
            ConnectionString = null, ClusterId = "benchmarks", AdvertisedAddress = IPAddress.Loopback, SiloPort = 0, GatewayPort = 0,
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.AddSilo(place, new SiloOptions(), () => new SiloParts(stores, new SimulatedPaymentProvider(ProviderSeed), clock));
        var host = builder.Build();
        await host.StartAsync();
        var client = new ClusterHost(
            host.Services.GetRequiredService<LocalSilo>(), stores, clock, TimeProvider.System,
            host.Services.GetRequiredService<ILoggerFactory>());
        await client.StartAsync(CancellationToken.None);
        await client.WhenConnectedAsync(CancellationToken.None);
        return new LoneSilo(database, host, client);
    }

    /// <summary>Processes the charge of the new subscription.</summary>
    public Task SettleAsync() => client.RunDueAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await client.StopAsync(CancellationToken.None);
        await host.StopAsync();
        await client.DisposeAsync();
        host.Dispose();
        await catalog.DisposeAsync();
    }
}
