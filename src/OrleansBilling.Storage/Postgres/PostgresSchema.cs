using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// Migrates the schema. Applies each numbered script that the database has not seen, in its own transaction together with its entry in
/// a table such as <c>schema_version</c>. An advisory lock lets one process migrate at a time.
/// </summary>
internal static partial class PostgresSchema
{
    /// <summary>Migrates the tables of the journal and everything that belongs to it.</summary>
    public static Task ApplyAsync(NpgsqlDataSource source, ILogger logger, CancellationToken cancellationToken) =>
        ApplyAsync(source, EmbeddedSql.ReadScripts("Postgres"), "schema_version", AdvisoryLocks.Schema, logger, cancellationToken);

    public static async Task ApplyAsync(
        NpgsqlDataSource source,
        IReadOnlyList<(int Number, string Name, string Text)> scripts,
        string versionTable,
        int lockKey,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync($"select pg_advisory_lock({AdvisoryLocks.Space}, {lockKey})", connection, cancellationToken);
        await ExecuteAsync(VersionTableSql(versionTable), connection, cancellationToken);
        var applied = await ReadVersionAsync(versionTable, connection, cancellationToken);
        SchemaTooNewException.ThrowIfNewer(applied, scripts);
        foreach (var script in scripts)
        {
            if (script.Number <= applied) continue;
            await ApplyAsync(script, versionTable, connection, cancellationToken);
            LogApplied(logger, script.Name);
        }

        await ExecuteAsync($"select pg_advisory_unlock({AdvisoryLocks.Space}, {lockKey})", connection, cancellationToken);
    }

    private static string VersionTableSql(string versionTable) =>
        $"""
        create table if not exists {versionTable} (
          version integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        )
        """;

    private static async Task ApplyAsync(
        (int Number, string Name, string Text) script, string versionTable, NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(script.Text, connection, cancellationToken);
        await using var record = new NpgsqlCommand($"insert into {versionTable} (version, name) values ($1, $2)", connection, transaction)
        {
            Parameters =
                { new NpgsqlParameter<int> { TypedValue = script.Number }, new NpgsqlParameter<string> { TypedValue = script.Name } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select coalesce(max(version), 0) from {versionTable}", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // No timeout: waiting for another process's scripts and building an index can take long.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema script {Script}.")]
    private static partial void LogApplied(ILogger logger, string script);
}
