using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.History;

/// <summary>
/// Reads and writes one subscription's events and checkpoints. The server ends a page once it has enough bytes. It knows the sizes
/// without reading the data, so events beyond the page are not sent.
/// </summary>
internal sealed class PostgresHistory(PooledCalls pool)
{
    /// <summary>Reads both tables by their own key. Usage that an older release wrote stays in the first table until it is moved.</summary>
    internal static readonly string AllSql = Page(
        """
        (select sequence, at, type, data from event where subscription_id = $1 and sequence > $2 order by sequence limit $3)
        union all
        (select sequence, at, 'usage_recorded', data from usage_event
          where subscription_id = $1 and sequence > $2 order by sequence limit $3)
        order by sequence limit $3
        """);

    internal static readonly string WithoutUsageSql = Page(HistorySql.EventsWithoutUsage);

    private const string CheckpointSql =
        """
        insert into checkpoint (subscription_id, sequence, at, state)
        select $1, c.sequence, c.at, c.state from unnest($2::bigint[], $3::timestamptz[], $4::text[]) as c (sequence, at, state)
        on conflict do nothing
        """;

    public async Task<StoredEventPage> ReadAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken)
    {
        var found = 0L;
        var events = await pool.ReadAsync(
            range.WithoutUsage ? WithoutUsageSql : AllSql,
            [Text(subscriptionId), Long(range.After), Integer(range.EventsMax + 1), Long(range.BytesMax)],
            reader =>
            {
                found = reader.GetInt64(4);
                return ReadEvent(reader);
            },
            cancellationToken);
        if (events.Count > range.EventsMax) events.RemoveAt(range.EventsMax);
        return new StoredEventPage(events, HasMore: found > events.Count);
    }

    public async Task<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        var found = until switch
        {
            HistoryPoint.AtVersion x => await pool.ReadAsync(
                HistorySql.CheckpointAtVersion, [Text(subscriptionId), Long(x.Version)], ReadCheckpoint, cancellationToken),
            HistoryPoint.AsOf x => await pool.ReadAsync(
                HistorySql.CheckpointAsOf, [Text(subscriptionId), At(x.Instant)], ReadCheckpoint, cancellationToken),
            _ => throw new InvalidOperationException($"{until} is not known."),
        };
        return found.Count == 0 ? null : found[0];
    }

    public Task WriteAsync(string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) =>
        pool.WriteAsync(
            CheckpointSql,
            [
                Text(subscriptionId),
                Longs([.. checkpoints.Select(checkpoint => checkpoint.Sequence)]),
                Instants([.. checkpoints.Select(checkpoint => checkpoint.At)]),
                Utf8([.. checkpoints.Select(checkpoint => checkpoint.State)]),
            ],
            cancellationToken);

    /// <summary>
    /// Looks for one event more than the page holds, to learn whether there are more. Sends the events that fit, and always the first.
    /// </summary>
    private static string Page(string events) =>
        $"""
        select sequence, at, type, data, found from (
          select sequence, at, type, data, count(*) over () as found,
            sum(octet_length(data)) over (order by sequence rows unbounded preceding) as bytes,
            row_number() over (order by sequence) as place
          from ({events}) as e
        ) as page
        where bytes <= $4 or place = 1 order by sequence
        """;

    internal static StoredEvent ReadEvent(NpgsqlDataReader reader) =>
        new(reader.GetInt64(0), ReadInstant(reader, 1), reader.GetString(2), reader.GetFieldValue<byte[]>(3));

    private static Checkpoint ReadCheckpoint(NpgsqlDataReader reader) =>
        new(reader.GetInt64(0), ReadInstant(reader, 1), reader.GetFieldValue<byte[]>(2));
}
