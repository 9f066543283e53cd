using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresKeyRing(PooledCalls pool) : IKeyRing
{
    private const string ListSql = "select id, master, content from key_ring order by id";
    private const string AddSql = "insert into key_ring (id, master, content) values ($1, $2, $3) on conflict do nothing";

    public async ValueTask<IReadOnlyList<RingKey>> ListAsync(CancellationToken cancellationToken) =>
        await pool.ReadAsync(
            ListSql, [], static reader => new RingKey(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)),
            cancellationToken);

    public async ValueTask AddAsync(RingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await pool.WriteAsync(AddSql, [Text(key.Id), Text(key.Master), Bytes(key.Content)], cancellationToken);
    }
}
