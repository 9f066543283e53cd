using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// The journal over SQLite. Commits are grouped by the writer; loads are not, because a read by key takes no round trip
/// and so has nothing to share. One process has the file, so it pumps everything that is due.
/// </summary>
internal sealed class SqliteJournal(SqliteWriter writer, SqliteReaders readers) : IJournal
{
    private const string LoadSql = "select id, version, state from subscription where id = $1";

    private const string EventsSql =
        "select sequence, at, type, data from event where subscription_id = $1 and sequence > $2 order by sequence limit $3";

    private const string DueSql =
        """
        select due_at, id, version, state from subscription
        where due_at <= $1 and (due_at, id) > ($2, $3)
        order by due_at, id limit $4
        """;

    private const string NextDueSql = "select due_at from subscription where due_at is not null order by due_at limit 1";

    private const string UsageKeysSql = "select key from usage_key where subscription_id = $1 and key in (select value from json_each($2))";

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        cancellationToken.ThrowIfCancellationRequested();
        return writer.CommitAsync(commit);
    }

    public async ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(LoadSql, [subscriptionId], static reader => ReadStored(reader, 0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(string subscriptionId, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(EventsSql, [subscriptionId, afterSequence, limit], ReadEvent, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var afterDueAt = after?.DueAt.ToUnixTimeMilliseconds() ?? long.MinValue;
        object?[] values = [now.ToUnixTimeMilliseconds(), afterDueAt, after?.SubscriptionId ?? "", limit];
        return await readers.ReadAsync(DueSql, values, ReadDue, cancellationToken);
    }

    public async ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(NextDueSql, [], static reader => ReadInstant(reader, 0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlySet<string>> FindUsageKeysAsync(string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        BillingStorage.RequireUsageKeys(keys);
        if (keys.Count == 0) return FrozenSet<string>.Empty;
        var found = await readers.ReadAsync(UsageKeysSql, [subscriptionId, JsonSerializer.Serialize(keys)], static reader => reader.GetString(0), cancellationToken);
        return found.ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await readers.ReadAsync("select 1", [], static reader => reader.GetInt32(0), cancellationToken);
            return true;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    internal static StoredSubscription ReadStored(SqliteDataReader reader, int ordinal) =>
        new(reader.GetString(ordinal), reader.GetInt64(ordinal + 1), reader.GetFieldValue<byte[]>(ordinal + 2));

    internal static Instant ReadInstant(SqliteDataReader reader, int ordinal) => Instant.FromUnixTimeMilliseconds(reader.GetInt64(ordinal));

    internal static StoredEvent ReadEvent(SqliteDataReader reader) =>
        new(reader.GetInt64(0), ReadInstant(reader, 1), reader.GetString(2), reader.GetFieldValue<byte[]>(3));

    private static DueSubscription ReadDue(SqliteDataReader reader) => new(ReadInstant(reader, 0), ReadStored(reader, 1));
}
