using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>The list of subscriptions on PostgreSQL.</summary>
internal sealed class PostgresSubscriptionList(PooledCalls pool) : ISubscriptionList
{
    public async ValueTask<IReadOnlyList<PlacedSubscription>?> ListAsync(
        SubscriptionFilter filter, SubscriptionSort sort, SubscriptionMark? after, int limit, CancellationToken cancellationToken)
    {
        var sql = SubscriptionListSql.Of(filter, sort, after, limit);
        var rows = await pool.ReadAsync(
            sql.Text, [.. sql.Values.Select(SqlParameters.Of)], ReadRow, cancellationToken);
        return rows[0].Rebuilding ? null : [.. rows.Where(row => row.Placed is not null).Select(row => row.Placed!.Value)];
    }

    private static (bool Rebuilding, PlacedSubscription? Placed) ReadRow(NpgsqlDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new PlacedSubscription(
                new StoredSubscription(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)),
                new SubscriptionMark(reader.IsDBNull(4) ? null : SqlParameters.ReadInstant(reader, 4), reader.GetString(1))));
}
