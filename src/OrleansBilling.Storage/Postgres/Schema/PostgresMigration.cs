using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Schema;

/// <summary>
/// Applies each script that the database has not seen, while other processes work on it. A script runs in its own transaction together
/// with its entry in the version table, or, if it is concurrent, statement by statement. What was interrupted goes on at the next run.
/// An advisory lock lets one process migrate at a time.
/// </summary>
internal sealed partial class PostgresMigration(NpgsqlDataSource source, TimeProvider time, ILogger<PostgresMigration> logger)
{
    private const int TriesMax = 120;

    /// <summary>
    /// A script that waits for a table makes everybody behind it wait too. So it gives way after this long, and tries again.
    /// </summary>
    private const string LockTimeout = "2s";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="SchemaVersionException">The database is from a later release.</exception>
    public async Task ApplyAsync(PostgresSchema schema, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync($"select pg_advisory_lock({AdvisoryLocks.Space}, {schema.LockKey})", connection, cancellationToken);
        await ExecuteAsync(VersionTableSql(schema.VersionTable), connection, cancellationToken);
        var (applied, oldestProgram) = await schema.ReadVersionAsync(connection, cancellationToken);
        SchemaVersionException.ThrowIfNewer(applied, oldestProgram, schema.Scripts);
        foreach (var script in schema.Scripts.Where(script => script.Number > applied))
        {
            var started = time.GetTimestamp();
            if (script.IsConcurrent) await ApplyConcurrentlyAsync(script, schema.VersionTable, connection, cancellationToken);
            else await ApplyWhenFreeAsync(script, schema.VersionTable, connection, cancellationToken);
            var took = time.GetElapsedTime(started);
            LogApplied(script.Name, took);
        }

        await ExecuteAsync($"select pg_advisory_unlock({AdvisoryLocks.Space}, {schema.LockKey})", connection, cancellationToken);
    }

    private static string VersionTableSql(string versionTable) =>
        $"""
        create table if not exists {versionTable} (
          version integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        );
        alter table {versionTable} add column if not exists oldest_program integer
        """;

    private async Task ApplyWhenFreeAsync(
        SchemaScript script, string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync($"set local lock_timeout = '{LockTimeout}'", connection, cancellationToken);
                await ExecuteAsync(script.Text, connection, cancellationToken);
                await RecordAsync(script, versionTable, connection, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < TriesMax)
            {
                LogWaiting(script.Name, tries);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>An index whose building was interrupted is left invalid. It is dropped, and built again.</summary>
    private static async Task ApplyConcurrentlyAsync(
        SchemaScript script, string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var index in script.ConcurrentIndexes)
        {
            if (await IsInvalidAsync(index, connection, cancellationToken))
                await ExecuteAsync($"drop index concurrently {index}", connection, cancellationToken);
        }

        foreach (var statement in script.Statements) await ExecuteAsync(statement, connection, cancellationToken);
        await RecordAsync(script, versionTable, connection, cancellationToken);
    }

    private static async Task<bool> IsInvalidAsync(string index, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select 1 from pg_index where indexrelid = to_regclass($1) and not indisvalid)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = index } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RecordAsync(
        SchemaScript script, string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var record = new NpgsqlCommand(
            $"insert into {versionTable} (version, name, oldest_program) values ($1, $2, $3)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = script.Number }, new NpgsqlParameter<string> { TypedValue = script.Name },
                new NpgsqlParameter<int> { TypedValue = script.OldestProgram },
            },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // No timeout: waiting for another process's scripts and building an index can take long.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema script {Script} in {Took}.")]
    private partial void LogApplied(string script, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schema script {Script} waits for a table that is in use; try {Tries}.")]
    private partial void LogWaiting(string script, int tries);
}
