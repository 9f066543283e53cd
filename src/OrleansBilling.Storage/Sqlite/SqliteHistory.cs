using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Reads and writes one subscription's events and checkpoints. Rows are read one at a time, so reading stops when the page is full.
/// </summary>
internal static class SqliteHistory
{
    /// <summary>Reads both tables by their own key. Usage that an older release wrote stays in the first table until it is moved.</summary>
    internal const string AllSql =
        """
        select sequence, at, type, data from event where subscription_id = $1 and sequence > $2
        union all
        select sequence, at, 'usage_recorded', data from usage_event where subscription_id = $1 and sequence > $2
        order by sequence limit $3
        """;

    private const string CheckpointSql =
        "insert into checkpoint (subscription_id, sequence, at, state) values ($1, $2, $3, cast($4 as text)) on conflict do nothing";

    public static StoredEventPage Read(SqliteStatements statements, string subscriptionId, EventRange range)
    {
        var sql = range.WithoutUsage ? HistorySql.EventsWithoutUsage : AllSql;
        return statements.ReadSome(sql, [subscriptionId, range.After, range.EventsMax + 1L], reader =>
        {
            var events = new List<StoredEvent>();
            var bytes = 0L;
            while (reader.Read())
            {
                if (events.Count == range.EventsMax) return new StoredEventPage(events, HasMore: true);
                var stored = ReadEvent(reader);
                bytes += stored.Data.Length;
                if (events.Count > 0 && bytes > range.BytesMax) return new StoredEventPage(events, HasMore: true);
                events.Add(stored);
            }

            return new StoredEventPage(events, HasMore: false);
        });
    }

    public static Checkpoint? FindCheckpoint(SqliteStatements statements, string subscriptionId, HistoryPoint until)
    {
        var found = until switch
        {
            HistoryPoint.AtVersion x => statements.Read(HistorySql.CheckpointAtVersion, [subscriptionId, x.Version], ReadCheckpoint),
            HistoryPoint.AsOf x => statements.Read(
                HistorySql.CheckpointAsOf, [subscriptionId, x.Instant.ToUnixTimeMilliseconds()], ReadCheckpoint),
            _ => throw new InvalidOperationException($"{until} is not known."),
        };
        return found.Count == 0 ? null : found[0];
    }

    public static int Write(SqliteStatements statements, string subscriptionId, Checkpoint checkpoint) =>
        statements.Write(CheckpointSql, subscriptionId, checkpoint.Sequence, checkpoint.At.ToUnixTimeMilliseconds(), checkpoint.State);

    internal static StoredEvent ReadEvent(SqliteDataReader reader) =>
        new(reader.GetInt64(0), SqliteJournal.ReadInstant(reader, 1), reader.GetString(2), reader.GetFieldValue<byte[]>(3));

    private static Checkpoint ReadCheckpoint(SqliteDataReader reader) =>
        new(reader.GetInt64(0), SqliteJournal.ReadInstant(reader, 1), reader.GetFieldValue<byte[]>(2));
}
