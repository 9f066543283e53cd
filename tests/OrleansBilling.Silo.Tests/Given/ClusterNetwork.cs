using Npgsql;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Two networks for a cluster, and a database server in the main one.</summary>
internal sealed class ClusterNetwork : IAsyncDisposable
{
    private readonly PostgresServer server;

    private ClusterNetwork(SplitNetwork cable, PostgresServer server, string connectionString)
    {
        Cable = cable;
        this.server = server;
        ConnectionString = connectionString;
        ServerConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = SplitNetwork.MainAddress }.ConnectionString;
    }

    public SplitNetwork Cable { get; }

    /// <summary>For the test, over the local socket.</summary>
    public string ConnectionString { get; }

    /// <summary>For processes in either network.</summary>
    public string ServerConnectionString { get; }

    public static async Task<ClusterNetwork> MakeAsync()
    {
        var cable = await SplitNetwork.MakeAsync();
        try
        {
            var place = new PostgresNetwork(cable.Main.Launcher, SplitNetwork.MainAddress, SplitNetwork.Addresses);
            var server = await PostgresServer.StartNewAsync(durable: false, network: place);
            return new ClusterNetwork(cable, server, await server.CreateBillingDatabaseAsync("billing"));
        }
        catch
        {
            await cable.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await Cable.DisposeAsync();
    }
}
