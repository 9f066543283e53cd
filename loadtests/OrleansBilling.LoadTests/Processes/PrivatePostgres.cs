using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.Server.Composition;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Testing;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>
/// A private PostgreSQL server that keeps its promises: fsync and synchronous_commit are on. The server is asked for both
/// settings, because figures without them would mean nothing.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string AdministrativeDatabase = "postgres";
    private static readonly string[] Promises = ["fsync", "synchronous_commit", "full_page_writes"];
    private static readonly string[] Shown = ["server_version", .. Promises, "wal_sync_method", "shared_buffers", "max_wal_size"];

    /// <summary>What an operator of a small machine would set: memory for the working set, checkpoints minutes apart.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["shared_buffers"] = "'1GB'", ["max_wal_size"] = "'4GB'" };

    private readonly PostgresServer server;
    private readonly PostgresProcessors processors;

    private PrivatePostgres(PostgresServer server, string dataDirectory)
    {
        this.server = server;
        DataDirectory = dataDirectory;
        processors = new PostgresProcessors(
            int.Parse(File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture));
    }

    public string DataDirectory { get; }

    public static async Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken)
    {
        if (!PostgresServer.IsInstalled)
            throw new LoadTestException("PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH.");

        // Not cancelable: nobody could clean up a half-started server yet. It takes a few seconds.
        var server = await PostgresServer.StartNewAsync(durable: true, Settings, cancellationToken: CancellationToken.None);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var settings = await ReadAsync(server, [.. Promises, "data_directory"], cancellationToken);
            foreach (var promise in Promises)
            {
                if (settings[promise] != "on") throw new LoadTestException($"PostgreSQL runs with {promise} = {settings[promise]}.");
            }

            return new PrivatePostgres(server, settings["data_directory"]);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads version and settings from the server.</summary>
    public Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellationToken) =>
        ReadAsync(server, Shown, cancellationToken);

    /// <summary>Processor time of all its processes so far.</summary>
    public TimeSpan? ProcessorTime() => processors.Read();

    /// <summary>Creates a database with all tables and returns the connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"create database {name}", cancellationToken);
        var connectionString = server.ConnectionString(name);
        await Migration.RunAsync(connectionString, NullLoggerFactory.Instance, cancellationToken);
        return connectionString;
    }

    /// <summary>Opens the storage of a database with the usual options.</summary>
    public static Task<PostgresStorage> OpenStorageAsync(string connectionString, CancellationToken cancellationToken) =>
        PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            cancellationToken);

    /// <summary>Copies a database that nobody uses, lets the disk settle, and returns the connection string.</summary>
    public async Task<string> CopyDatabaseAsync(string name, string original, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"create database {name} template {original} strategy file_copy", cancellationToken);
        await ExecuteAsync("checkpoint", cancellationToken);
        return server.ConnectionString(name);
    }

    public string ConnectionString(string database) => server.ConnectionString(database);

    /// <summary>Drops a database and disconnects its clients.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken) =>
        ExecuteAsync($"drop database {name} with (force)", cancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        PostgresServer server, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        await using var connection = await OpenAsync(server, cancellationToken);
        foreach (var name in names)
        {
            await using var command = new NpgsqlCommand($"show {name}", connection);
            values[name] = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return values;
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(server.ConnectionString(AdministrativeDatabase) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
