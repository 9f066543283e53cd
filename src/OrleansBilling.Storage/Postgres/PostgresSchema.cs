using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// Brings the tables up to date: applies the numbered scripts that the database has not seen, each in a transaction of
/// its own together with its entry in <c>schema_version</c>. An advisory lock lets one process do so at a time.
/// </summary>
internal static partial class PostgresSchema
{
    private static readonly string LockSql = $"select pg_advisory_lock({AdvisoryLocks.Space}, {AdvisoryLocks.Schema})";
    private static readonly string UnlockSql = $"select pg_advisory_unlock({AdvisoryLocks.Space}, {AdvisoryLocks.Schema})";

    private const string VersionTableSql =
        """
        create table if not exists schema_version (
          version integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        )
        """;

    public static async Task ApplyAsync(NpgsqlDataSource source, ILogger logger, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(LockSql, connection, cancellationToken);
        await ExecuteAsync(VersionTableSql, connection, cancellationToken);
        var applied = await ReadVersionAsync(connection, cancellationToken);
        foreach (var script in EmbeddedSql.ReadScripts("Postgres"))
        {
            if (script.Number <= applied) continue;
            await ApplyAsync(script, connection, cancellationToken);
            LogApplied(logger, script.Name);
        }

        await ExecuteAsync(UnlockSql, connection, cancellationToken);
    }

    private static async Task ApplyAsync((int Number, string Name, string Text) script, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(script.Text, connection, cancellationToken);
        await using var record = new NpgsqlCommand("insert into schema_version (version, name) values ($1, $2)", connection, transaction)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = script.Number }, new NpgsqlParameter<string> { TypedValue = script.Name } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(version), 0) from schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Waiting for another process's scripts, and building an index, take as long as they take.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
