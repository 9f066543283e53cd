using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Schema;

/// <summary>Numbered scripts, and the table in which a database keeps the ones that it has seen.</summary>
/// <param name="LockKey">The advisory lock of the process that applies them.</param>
internal sealed record PostgresSchema(string VersionTable, int LockKey, IReadOnlyList<SchemaScript> Scripts)
{
    /// <summary>The tables of the journal and everything that belongs to it.</summary>
    public static PostgresSchema Journal { get; } = new("schema_version", AdvisoryLocks.Schema, EmbeddedSql.ReadScripts("Postgres"));

    /// <summary>Checks that this release may work with the tables. Changes nothing and needs no rights but to read.</summary>
    /// <exception cref="SchemaVersionException">It may not.</exception>
    public async Task RequireAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var (newest, oldestProgram) = await ReadVersionAsync(connection, cancellationToken);
        SchemaVersionException.ThrowIfNewer(newest, oldestProgram, Scripts);
        SchemaVersionException.ThrowIfOlder(newest, VersionTable, Scripts);
    }

    /// <summary>
    /// The newest script that the database has seen (0 for none), and the oldest program that may use it. Rows that earlier releases
    /// wrote name no program.
    /// </summary>
    public async Task<(int Newest, int OldestProgram)> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand("select to_regclass($1) is not null", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = VersionTable } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is not true) return (0, 0);
        await using var read = new NpgsqlCommand(
            $"""
            select coalesce(max(version), 0), coalesce(max(coalesce((to_jsonb(v) ->> 'oldest_program')::integer, version)), 0)
            from {VersionTable} as v
            """,
            connection);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetInt32(1));
    }
}
