using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Schema;

namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>
/// One silo in this process with Orleans' ADO.NET grain storage, tuned as well as possible: prepared statements, the best pool
/// size, no connection reset between uses, and free space on pages for new row versions as in our own table. The table and the
/// statements are ours and write a state with one statement instead of a function.
/// </summary>
internal sealed class StockSilo : IAsyncDisposable
{
    public const string StorageName = "stock";
    private const int ConnectionsMax = 48;
    private readonly IHost host;

    private StockSilo(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<StockSilo> StartAsync(string connectionString, StockSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using (var database = NpgsqlDataSource.Create(connectionString))
        await using (
            var room = database.CreateCommand("alter table cluster_grain_state set (fillfactor = 80)")) await room.ExecuteNonQueryAsync(
                cancellationToken);
        int[] ports = [FreePort.Find(IPAddress.Loopback), FreePort.Find(IPAddress.Loopback)];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(snapshot);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports[0], ports[1], serviceId: "stock", clusterId: "stock");
            silo.AddAdoNetGrainStorage(
                StorageName, storage =>
                    (storage.Invariant, storage.ConnectionString) = (ClusterDatabase.Invariant, Prepared(connectionString)));
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromHours(1));
        });
        var silo = new StockSilo(builder.Build());
        await silo.host.StartAsync(cancellationToken);
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        NpgsqlConnection.ClearAllPools();
    }

    private static string Prepared(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = true,
        MaxPoolSize = ConnectionsMax,
        MaxAutoPrepare = 64,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
    }.ConnectionString;
}
