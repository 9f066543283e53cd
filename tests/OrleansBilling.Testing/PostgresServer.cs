using System.Globalization;
using System.Net;
using Npgsql;

namespace OrleansBilling.Testing;

/// <summary>
/// A private PostgreSQL server for tests and load tests: its own cluster in a temporary folder, on a free loopback port,
/// deleted on dispose. It can be stopped, killed and restarted to simulate an outage.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string MigratedDatabase = "billing_migrated";
    private readonly PostgresCommands commands;
    private readonly string folder;
    private readonly SemaphoreSlim migrating = new(1, 1);
    private bool migrated;
    private readonly PostgresNetwork? network;

    private PostgresServer(PostgresCommands commands, string folder, int port, PostgresNetwork? network)
    {
        this.commands = commands;
        this.folder = folder;
        this.network = network;
        Port = port;
    }

    /// <summary>The port on 127.0.0.1. It does not change on a restart.</summary>
    public int Port { get; }

    /// <summary>Whether the server was started and not stopped since.</summary>
    public bool IsRunning => File.Exists(Path.Combine(Data, "postmaster.pid"));

    /// <summary>Whether PostgreSQL is installed on this machine.</summary>
    public static bool IsInstalled => PostgresCommands.FindBinaries() is not null;

    /// <summary>
    /// Why tests that need a server are skipped; null when they must run. With CI=true they always run, and fail when PostgreSQL
    /// is missing.
    /// </summary>
    public static string? SkipReason =>
        IsInstalled || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : "PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH.";

    /// <summary>Creates a cluster and starts it.</summary>
    /// <param name="durable">Whether commits wait for the disk (fsync): true for load tests, false for quick tests.</param>
    /// <param name="settings">More lines for postgresql.conf, such as <c>shared_buffers</c>.</param>
    /// <param name="network">Where it runs and listens instead of loopback. Its connection strings then name its local socket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<PostgresServer> StartNewAsync(
        bool durable, IReadOnlyDictionary<string, string>? settings = null, PostgresNetwork? network = null,
        CancellationToken cancellationToken = default)
    {
        var binaries = PostgresCommands.FindBinaries()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH.");
        var folder = Directory.CreateTempSubdirectory("orleans-billing-postgres-").FullName;
        var server = new PostgresServer(new PostgresCommands(binaries, network?.Launcher), folder, FreePort.Find(), network);
        try
        {
            await server.MakeClusterAsync(durable, settings ?? new Dictionary<string, string>(), cancellationToken);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = network is null ? IPAddress.Loopback.ToString() : folder,
        Port = Port,
        Username = "postgres",
        Database = database,
    }.ConnectionString;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        CreateDatabaseAsync(name, "template1", cancellationToken);

    private async Task<string> CreateDatabaseAsync(string name, string template, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {Quoted(name)} template {Quoted(template)}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>
    /// Creates a database with all tables and returns its connection string. The first is migrated by the program itself, as an
    /// operator does it; the next ones are copies.
    /// </summary>
    /// <param name="migrate">Migrates in another way than by starting the program.</param>
    public async Task<string> CreateBillingDatabaseAsync(string name, Func<string, Task>? migrate = null)
    {
        await migrating.WaitAsync();
        try
        {
            if (!migrated) await (migrate ?? ServerProcess.MigrateAsync)(await CreateDatabaseAsync(MigratedDatabase));
            migrated = true;
            return await CreateDatabaseAsync(name, MigratedDatabase, CancellationToken.None);
        }
        finally
        {
            migrating.Release();
        }
    }

    /// <summary>Starts the server again and waits until it answers.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        ControlAsync(["-w", "-l", Path.Combine(folder, "log"), "start"], cancellationToken);

    /// <summary>Stops the server in an orderly way and closes connections.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => ControlAsync(["-w", "-m", "fast", "stop"], cancellationToken);

    /// <summary>Stops the server like a power failure. It recovers from its log at the next start.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) =>
        ControlAsync(["-w", "-m", "immediate", "stop"], cancellationToken);

    /// <summary>Stops the server if it runs, and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        migrating.Dispose();
        if (IsRunning) await KillAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes the user that runs servers the owner of a folder.</summary>
    public static Task OwnAsync(string folder, CancellationToken cancellationToken) => PostgresCommands.OwnAsync(folder, cancellationToken);

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(folder, "data");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private Task ControlAsync(string[] arguments, CancellationToken cancellationToken) =>
        commands.RunAsync("pg_ctl", ["-D", Data, .. arguments], cancellationToken);

    private async Task MakeClusterAsync(bool durable, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await PostgresCommands.OwnAsync(folder, cancellationToken);
        await commands.RunAsync(
            "initdb", ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cancellationToken);
        var onOff = durable ? "on" : "off";
        var lines = new Dictionary<string, string>
        {
            ["listen_addresses"] = $"'{network?.Address ?? "127.0.0.1"}'",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = network is null ? "''" : $"'{folder}'",
            ["fsync"] = onOff,
            ["full_page_writes"] = onOff,
            ["synchronous_commit"] = "on",
            ["max_connections"] = "200",
        };
        foreach (var (name, value) in settings) lines[name] = value;
        await File.AppendAllLinesAsync(
            Path.Combine(Data, "postgresql.conf"), lines.Select(line => $"{line.Key} = {line.Value}"), cancellationToken);
        if (network is not null)
            await File.AppendAllLinesAsync(Path.Combine(Data, "pg_hba.conf"), [$"host all all {network.Peers} trust"], cancellationToken);
    }
}

/// <summary>Where a server runs.</summary>
/// <param name="Launcher">What comes in front of its command.</param>
/// <param name="Address">The address on which it listens.</param>
/// <param name="Peers">The addresses that may connect, as a CIDR block.</param>
public sealed record PostgresNetwork(IReadOnlyList<string> Launcher, string Address, string Peers);
