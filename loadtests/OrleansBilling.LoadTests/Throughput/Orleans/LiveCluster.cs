using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Cluster.Client;
using OrleansBilling.Cluster.Hosting;
using OrleansBilling.Runtime;
using OrleansBilling.Storage.Postgres;

namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>One silo of ours and its client, both in this process.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private readonly SiloHost silo;
    private readonly ClusterHost client;
    private readonly PostgresStorage storage;

    private LiveCluster(SiloHost silo, ClusterHost client, PostgresStorage storage)
    {
        this.silo = silo;
        this.client = client;
        this.storage = storage;
    }

    public IBillingRuntime Runtime => client;

    public static async Task<LiveCluster> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        string[] arguments = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--ConnectionStrings:Billing=" + connectionString];
        var silo = await SiloHost.OpenAsync(arguments, new SiloOptions { IdleAge = TimeSpan.FromHours(1) }, cancellationToken);
        await silo.StartAsync(cancellationToken);
        var options = new PostgresStorageOptions { ConnectionString = connectionString, TakesPartitions = false };
        var storage = await PostgresStorage.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var client = new ClusterHost(connectionString, null, storage, SystemClock.Instance, null, TimeProvider.System, NullLoggerFactory.Instance);
        await client.StartAsync(cancellationToken);
        await client.WhenConnectedAsync(cancellationToken);
        return new LiveCluster(silo, client, storage);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await storage.DisposeAsync();
        await silo.DisposeAsync();
    }
}
