using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresSettings(PooledCalls pool) : ISettingStore
{
    private const string ReadSql = "select value from setting where name = $1";
    private const string WriteSql =
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";

    public async ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(ReadSql, [Text(name)], static reader => reader.GetString(0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask WriteAsync(string name, string value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        await pool.WriteAsync(WriteSql, [Text(name), Text(value)], cancellationToken);
    }
}
