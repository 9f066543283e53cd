using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Usage;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// Moves usage events, one slice per statement. Several processes may do so at once: whoever deletes a row moves it.
/// </summary>
internal sealed class PostgresUsageRows(PooledCalls pool) : IUsageRows
{
    private const string NextSql = "select subscription_id from usage_key where subscription_id > $1 order by subscription_id limit 1";

    private const string MoveSql =
        """
        with slice as materialized (
          select sequence from event
          where subscription_id = $1 and sequence > $2 and type = 'usage_recorded' order by sequence limit $3
        ),
        moved as (
          delete from event
          where subscription_id = $1 and sequence > $2 and sequence <= (select max(sequence) from slice) and type = 'usage_recorded'
          returning subscription_id, sequence, at, data
        ),
        written as (
          insert into usage_event (subscription_id, sequence, at, data) select subscription_id, sequence, at, data from moved
        )
        select max(sequence) from slice
        """;

    public async ValueTask<string?> FindNextAsync(string after, CancellationToken cancellationToken)
    {
        var found = await pool.ReadAsync(NextSql, [Text(after)], static reader => reader.GetString(0), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<long?> MoveAsync(string subscriptionId, long after, int rowsMax, CancellationToken cancellationToken)
    {
        var last = await pool.WriteAsync(
            MoveSql, [Text(subscriptionId), Long(after), Integer(rowsMax)],
            static reader => reader.IsDBNull(0) ? (long?)null : reader.GetInt64(0), cancellationToken);
        return last[0];
    }
}
