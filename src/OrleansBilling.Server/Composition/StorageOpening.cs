using OrleansBilling.Server.Settings;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Opens the database that the settings name. SQLite's file is migrated; PostgreSQL's tables must be those of this release: the
/// journal's, and those through which silos find each other.
/// </summary>
internal static class StorageOpening
{
    /// <summary>The SQLite file in the data directory.</summary>
    public const string FileName = "billing.db";

    /// <exception cref="StartupException">The storage cannot be opened.</exception>
    public static async Task<BillingStorage> OpenAsync(ServerSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return settings.Storage switch
            {
                StorageKind.Sqlite => await SqliteStorage.OpenAsync(
                    new SqliteStorageOptions
                    {
                        Path = Path.Combine(settings.DataDirectory, FileName), ChecksPages = settings.ChecksPages, Time = Machine.Time,
                    }, loggers, cancellationToken),
                StorageKind.Postgres => await OpenPostgresAsync(settings, loggers, cancellationToken),
                _ => throw new InvalidOperationException($"Unknown storage kind: {settings.Storage}."),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException and not InvalidOperationException)
        {
            throw new StartupException($"The {settings.Storage} storage cannot be opened: {e.Message}", e);
        }
    }

    private static async Task<PostgresStorage> OpenPostgresAsync(
        ServerSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = settings.Connections.StorageOf(settings.ConnectionString);
        var storage = await PostgresStorage.OpenAsync(options, Machine.Time, loggers, cancellationToken);
        try
        {
            ClusterPools.Follow(storage.Connections, settings.ConnectionString);
            await ClusterTables.Schema.RequireAsync(storage.Connections.Dedicated, cancellationToken);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }
}
