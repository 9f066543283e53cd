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
        await LockAsync(schema.LockKey, connection, cancellationToken);
        await MakeVersionTableAsync(schema.VersionTable, connection, cancellationToken);
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

    /// <summary>Asks again and again instead of waiting in the database, where a wait would hold up the building of indexes.</summary>
    private async Task LockAsync(int key, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var take = $"select pg_try_advisory_lock({AdvisoryLocks.Space}, {key})";
        for (var tries = 0; !await AskAsync(take, connection, cancellationToken); tries++)
        {
            if (tries == 0) LogAnother();
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Changes the table only if it must be changed: that needs a lock which nobody who starts could get past.</summary>
    private async Task MakeVersionTableAsync(string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var isMade =
            $"""
            select exists (
              select 1 from pg_attribute where attrelid = to_regclass('{versionTable}') and attname = 'oldest_program')
            """;
        if (await AskAsync(isMade, connection, cancellationToken)) return;
        await WhenFreeAsync(
            versionTable, () => ExecuteAsync(VersionTableSql(versionTable), connection, cancellationToken), connection, cancellationToken);
    }

    private Task ApplyWhenFreeAsync(
        SchemaScript script, string versionTable, NpgsqlConnection connection, CancellationToken cancellationToken) =>
        WhenFreeAsync(
            script.Name, async () =>
            {
                await ExecuteAsync(script.Text, connection, cancellationToken);
                await RecordAsync(script, versionTable, connection, cancellationToken);
            },
            connection, cancellationToken);

    /// <summary>Makes a change in a transaction of its own.</summary>
    private async Task WhenFreeAsync(
        string name, Func<Task> change, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync($"set local lock_timeout = '{LockTimeout}'", connection, cancellationToken);
                await change();
                await transaction.CommitAsync(cancellationToken);
                return;
            }
            catch (PostgresException e) when (
                e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && tries < TriesMax)
            {
                LogWaiting(name, tries);
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
            var isInvalid = $"select exists (select 1 from pg_index where indexrelid = to_regclass('{index}') and not indisvalid)";
            if (await AskAsync(isInvalid, connection, cancellationToken))
                await ExecuteAsync($"drop index concurrently {index}", connection, cancellationToken);
        }

        foreach (var statement in script.Statements) await ExecuteAsync(statement, connection, cancellationToken);
        await RecordAsync(script, versionTable, connection, cancellationToken);
    }

    private static async Task<bool> AskAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another process migrates this database; waiting until it has ended.")]
    private partial void LogAnother();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schema script {Script} waits for a table that is in use; try {Tries}.")]
    private partial void LogWaiting(string script, int tries);
}
