using System.Globalization;
using System.Net;
using Npgsql;

namespace OrleansBilling.Testing;

/// <summary>
/// A private PostgreSQL server for tests and load tests: its own cluster in a temporary folder, on a free port of the
/// loopback interface, gone when disposed. It can be stopped, killed and started again to play an outage.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresCommands commands;
    private readonly string folder;

    private PostgresServer(PostgresCommands commands, string folder, int port)
    {
        this.commands = commands;
        this.folder = folder;
        Port = port;
    }

    /// <summary>The port on 127.0.0.1; it stays the same over a restart.</summary>
    public int Port { get; }

    /// <summary>Whether it was started and not stopped since.</summary>
    public bool IsRunning => File.Exists(Path.Combine(Data, "postmaster.pid"));

    /// <summary>Whether PostgreSQL is installed here.</summary>
    public static bool IsInstalled => PostgresCommands.FindBinaries() is not null;

    /// <summary>
    /// Why tests that need a server are skipped; null when they are to run. With CI=true they are never skipped: there
    /// they fail when PostgreSQL is missing.
    /// </summary>
    public static string? SkipReason =>
        IsInstalled || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : "PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH.";

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="durable">Whether commits wait for the disk (fsync): true for load tests, false for quick tests.</param>
    /// <param name="settings">Further lines for postgresql.conf, such as <c>shared_buffers</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<PostgresServer> StartNewAsync(
        bool durable, IReadOnlyDictionary<string, string>? settings = null, CancellationToken cancellationToken = default)
    {
        var binaries = PostgresCommands.FindBinaries()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH.");
        var folder = Directory.CreateTempSubdirectory("orleans-billing-postgres-").FullName;
        var server = new PostgresServer(new PostgresCommands(binaries), folder, FreePort.Find());
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

    /// <summary>A connection string for a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = Port,
        Username = "postgres",
        Database = database,
    }.ConnectionString;

    /// <summary>Makes an empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Starts the server again and waits until it answers.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        ControlAsync(["-w", "-l", Path.Combine(folder, "log"), "start"], cancellationToken);

    /// <summary>Stops the server in good order; connections are cut.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => ControlAsync(["-w", "-m", "fast", "stop"], cancellationToken);

    /// <summary>Stops the server as a power cut would; it recovers from its log when started again.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) =>
        ControlAsync(["-w", "-m", "immediate", "stop"], cancellationToken);

    /// <summary>Stops the server, if it runs, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Hands a folder to the user that runs servers.</summary>
    public static Task OwnAsync(string folder, CancellationToken cancellationToken) => PostgresCommands.OwnAsync(folder, cancellationToken);

    private string Data => Path.Combine(folder, "data");

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
            ["listen_addresses"] = "'127.0.0.1'",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "''",
            ["fsync"] = onOff,
            ["full_page_writes"] = onOff,
            ["synchronous_commit"] = "on",
            ["max_connections"] = "200",
        };
        foreach (var (name, value) in settings) lines[name] = value;
        await File.AppendAllLinesAsync(
            Path.Combine(Data, "postgresql.conf"), lines.Select(line => $"{line.Key} = {line.Value}"), cancellationToken);
    }
}
