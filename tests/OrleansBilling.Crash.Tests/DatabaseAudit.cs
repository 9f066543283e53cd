using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Sqlite;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Crash.Tests;

/// <summary>Audits a database written by servers, over its own connection.</summary>
internal static class DatabaseAudit
{
    /// <inheritdoc cref="JournalAudit.RunAsync"/>
    public static async Task<IReadOnlyDictionary<string, AuditedLife>> OfPostgresAsync(
        string connectionString, Instant now, IReadOnlyDictionary<string, long>? book)
    {
        await using var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            CancellationToken.None);
        return await RunAsync(storage, now, book);
    }

    /// <summary>The server must have stopped, because only one process at a time may open the file.</summary>
    /// <inheritdoc cref="JournalAudit.RunAsync"/>
    public static async Task<IReadOnlyDictionary<string, AuditedLife>> OfSqliteAsync(
        string path, Instant now, IReadOnlyDictionary<string, long>? book)
    {
        await using var storage = await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = path }, NullLoggerFactory.Instance, CancellationToken.None);
        return await RunAsync(storage, now, book);
    }

    private static async Task<IReadOnlyDictionary<string, AuditedLife>> RunAsync(
        BillingStorage storage, Instant now, IReadOnlyDictionary<string, long>? book)
    {
        var stores = new AuditedStores(
            storage.Journal, storage.Due, storage.Directory, storage.Catalog, storage.Statistics, storage.Balances);
        return (await JournalAudit.RunAsync(stores, now, book)).Lives;
    }
}
