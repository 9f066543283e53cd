using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Moves usage events between two batches of commits.</summary>
internal sealed class SqliteUsageRows(SqliteWriter writer, SqliteReaders readers) : IUsageRows
{
    private const string NextSql = "select subscription_id from usage_key where subscription_id > $1 order by subscription_id limit 1";

    private const string SliceSql =
        """
        select sequence from event
        where subscription_id = $1 and sequence > $2 and type = 'usage_recorded' order by sequence limit $3
        """;

    private const string CopySql =
        """
        insert into usage_event (subscription_id, sequence, at, data)
        select subscription_id, sequence, at, data from event
        where subscription_id = $1 and sequence > $2 and sequence <= $3 and type = 'usage_recorded'
        """;

    private const string DeleteSql =
        "delete from event where subscription_id = $1 and sequence > $2 and sequence <= $3 and type = 'usage_recorded'";

    public async ValueTask<string?> FindNextAsync(string after, CancellationToken cancellationToken)
    {
        var found = await readers.ReadAsync(NextSql, [after], static reader => reader.GetString(0), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<long?> MoveAsync(string subscriptionId, long after, int rowsMax, CancellationToken cancellationToken)
    {
        var slice = await readers.ReadAsync(
            SliceSql, [subscriptionId, after, rowsMax], static reader => reader.GetInt64(0), cancellationToken);
        if (slice.Count == 0) return null;
        writer.Write(statements =>
        {
            statements.Write(CopySql, subscriptionId, after, slice[^1]);
            return statements.Write(DeleteSql, subscriptionId, after, slice[^1]);
        });
        return slice[^1];
    }
}
