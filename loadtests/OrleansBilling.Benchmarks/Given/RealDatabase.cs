using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Sqlite;
using OrleansBilling.Testing;

namespace OrleansBilling.Benchmarks.Given;

public enum DatabaseKind
{
    /// <summary>The default: a database file in this process.</summary>
    Sqlite,

    /// <summary>A private server. Each commit waits for the disk.</summary>
    Postgres,
}

/// <summary>An empty database for this run, deleted on dispose.</summary>
internal sealed class RealDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly PostgresServer? server;

    private RealDatabase(BillingStorage storage, DirectoryInfo folder, PostgresServer? server)
    {
        Storage = storage;
        this.folder = folder;
        this.server = server;
    }

    public BillingStorage Storage { get; }

    public static async Task<RealDatabase> OpenAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-benchmark-");
        if (kind == DatabaseKind.Sqlite) return new RealDatabase(await OpenSqliteAsync(folder), folder, null);
        var server = await PostgresServer.StartNewAsync(durable: true);
        var options = new PostgresStorageOptions { ConnectionString = await server.CreateDatabaseAsync("billing") };
        await PostgresStorage.MigrateAsync(
            options.ConnectionString, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new RealDatabase(
            await PostgresStorage.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None), folder,
            server);
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<BillingStorage> OpenSqliteAsync(DirectoryInfo folder) => await SqliteStorage.OpenAsync(
        new SqliteStorageOptions { Path = Path.Combine(folder.FullName, "billing.db") }, NullLoggerFactory.Instance,
        CancellationToken.None);
}
