using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Failover;

/// <summary>PgBouncer on a loopback port, in front of a database server.</summary>
internal sealed class PoolerProcess : IAsyncDisposable
{
    private readonly string folder;
    private ToolProcess? process;

    private PoolerProcess(string folder, int port)
    {
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <param name="server">The port of the database server.</param>
    /// <param name="mode">session, transaction or statement.</param>
    public static async Task<PoolerProcess> StartNewAsync(int server, string mode)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-pooler-").FullName;
        var pooler = new PoolerProcess(folder, FreePort.Find());
        await File.WriteAllTextAsync(pooler.UsersFile, "\"postgres\" \"\"\n");
        await File.WriteAllTextAsync(
            pooler.ConfigurationFile,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {pooler.Port}
                unix_socket_dir =
                auth_type = trust
                auth_file = {pooler.UsersFile}
                pool_mode = {mode}
                default_pool_size = 60
                server_login_retry = 1

                """));
        await PostgresServer.OwnAsync(folder, CancellationToken.None);
        try
        {
            await pooler.StartAsync();
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    public async Task StartAsync()
    {
        // It refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["-u", "postgres"] : [];
        process = new ToolProcess(new ProcessStartInfo(Programs.Find("pgbouncer")!, [.. user, ConfigurationFile]));
        await Eventually.HoldsAsync(what: "PgBouncer listens", condition: ListensAsync);
    }

    /// <summary>Kills it like kill -9.</summary>
    public async Task KillAsync()
    {
        await process!.DisposeAsync();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string ConfigurationFile => Path.Combine(folder, "pgbouncer.ini");

    private string UsersFile => Path.Combine(folder, "users.txt");

    private async Task<bool> ListensAsync()
    {
        process!.RequireRunning();
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
