using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Schema;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>
/// One silo in this process, including its pumps, and the client through which a gateway reaches its grains; no HTTP. It is
/// composed here and not by the server, so that the load test can wrap the journal and move the clock.
/// </summary>
internal sealed class LiveSilo : IBillingHost
{
    /// <summary>Longer than a measurement, so that no grain is deactivated during one.</summary>
    private static readonly TimeSpan IdleAge = TimeSpan.FromHours(1);

    private readonly IHost host;
    private readonly ClusterHost client;
    private readonly string connectionString;

    private LiveSilo(IHost host, ClusterHost client, string connectionString)
    {
        this.host = host;
        this.client = client;
        this.connectionString = connectionString;
    }

    public bool IsReady => client.IsReady;

    /// <summary>The statistics as a gateway reads them.</summary>
    public IStatisticsStore Statistics => client.Statistics;

    public static async Task<IBillingHost> OpenAsync(HostParts parts, CancellationToken cancellationToken)
    {
        var connectionString = parts.ConnectionString ?? throw new InvalidOperationException("A silo needs PostgreSQL.");
        var storage = parts.Storage;
        var stores = new SiloStores(
            parts.Journal, storage.Due, storage.Catalog, storage.Statistics, storage.Recount, storage.Quarantine);
        var clock = new WireClock(SystemClock.Instance, parts.StandingClock);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.AddSilo(
            PlaceOf(connectionString), new SiloOptions { IdleAge = IdleAge, CountsStatistics = parts.CountsStatistics },
            () => new SiloParts(stores, parts.Payments, clock));
        var host = builder.Build();
        var client = new ClusterHost(
            host.Services.GetRequiredService<LocalSilo>(), stores, clock, TimeProvider.System, NullLoggerFactory.Instance);
        var silo = new LiveSilo(host, client, connectionString);
        try
        {
            await host.StartAsync(cancellationToken);
            await client.WhenConnectedAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken) =>
        client.ExecuteAsync(subscriptionId, envelope, cancellationToken);

    /// <summary>Starts the silo and its pumps.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => client.StartAsync(cancellationToken);

    public Task<int> RunDueAsync(CancellationToken cancellationToken) => client.RunDueAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => client.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await client.StopAsync(CancellationToken.None);
        if (client.IsReady) await host.StopAsync(CancellationToken.None);
        await client.DisposeAsync();
        host.Dispose();
        ClusterDatabase.Close(connectionString);
    }

    /// <summary>Counts all grains in memory, including the few of Orleans itself.</summary>
    public Task<int> CountGrainsAsync() =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetTotalActivationCount();

    private static SiloPlace PlaceOf(string connectionString) => new()
    {
        ConnectionString = connectionString,
        ClusterId = SiloPlace.ClusterIdDefault,
        AdvertisedAddress = IPAddress.Loopback,
        SiloPort = 0,
        GatewayPort = 0,
    };
}
