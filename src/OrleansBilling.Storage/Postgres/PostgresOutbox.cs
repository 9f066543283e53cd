using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Folding;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Waiting messages. The script of their table explains why they are in order per subscription.</summary>
internal sealed class PostgresOutbox(PooledCalls pool) : IOutbox
{
    private const string ReadSql =
        "select position, subscription_id, sequence, type, seller_id, at, data from outbox where position > $2 order by position limit $1";

    private const string ReadOfSellerSql =
        "select position, subscription_id, sequence, type, seller_id, at, data from outbox where seller_id = $3 and position > $2 " +
        "order by position limit $1";

    private const string RemoveSql = "delete from outbox where position = any($1) and ($2::text is null or seller_id = $2)";

    private readonly EmptiedTable waiting = new(pool, "outbox");

    public async ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(
        string? sellerId, long after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequireOutboxPage(limit);
        return sellerId is null
            ? await pool.ReadAsync(ReadSql, [Integer(limit), Long(after)], ReadMessage, cancellationToken)
            : await pool.ReadAsync(ReadOfSellerSql, [Integer(limit), Long(after), Text(sellerId)], ReadMessage, cancellationToken);
    }

    public async ValueTask<int> RemoveAsync(string? sellerId, IReadOnlyCollection<long> positions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (positions.Count == 0) return 0;
        BillingStorage.RequireOutboxPage(positions.Count);
        var removed = await pool.WriteAsync(RemoveSql, [Longs([.. positions]), Text(sellerId)], cancellationToken);
        await waiting.NoteDeletedAsync(removed, cancellationToken);
        return removed;
    }

    private static StoredMessage ReadMessage(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        new OutboxMessage(
            reader.GetInt64(2), reader.GetString(3), reader.GetString(4), ReadInstant(reader, 5), reader.GetFieldValue<byte[]>(6)));
}
