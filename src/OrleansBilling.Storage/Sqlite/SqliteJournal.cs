using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// The journal on SQLite. The writer groups commits. Loads are not grouped: reading by key needs no round trip, so there is nothing to
/// share.
/// </summary>
internal sealed class SqliteJournal(SqliteWriter writer, SqliteReaders readers, CommitHealth health) : IJournal
{
    private const string LoadSql = "select id, version, state from subscription where id = $1";

    /// <summary>Counts the probes of whether the database accepts commits.</summary>
    private const string HeartbeatSql =
        """
        insert into setting (name, value) values ('heartbeats', '1')
        on conflict (name) do update set value = cast(cast(value as integer) + 1 as text)
        """;

    private const string UsageKeysSql = 
        "select key, null from usage_key where subscription_id = $1 and key in (select value from json_each($2)) " + UsageKeySql.OrFloor;

    private const string KeyPagesSql = "select version, data from key_page where subscription_id = $1 order by version";

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

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken)
    {
        BillingStorage.RequireRange(range);
        return readers.ReadAsync(statements => SqliteHistory.Read(statements, subscriptionId, range), cancellationToken);
    }

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(until);
        return readers.ReadAsync(statements => SqliteHistory.FindCheckpoint(statements, subscriptionId, until), cancellationToken);
    }

    public ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        BillingStorage.RequireCheckpoints(checkpoints);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => checkpoints.Sum(checkpoint => SqliteHistory.Write(statements, subscriptionId, checkpoint)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        BillingStorage.RequireUsageKeys(keys);
        if (keys.Count == 0) return KnownUsage.None;
        return UsageKeySql.Read(await readers.ReadAsync(
            UsageKeysSql, [subscriptionId, JsonSerializer.Serialize(keys)],
            UsageKeySql.RowOf, cancellationToken));
    }

    public async ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            KeyPagesSql,
            [subscriptionId],
            static reader => new StoredKeyPage(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)),
            cancellationToken);

    public async ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await readers.ReadAsync("select 1", [], static reader => reader.GetInt32(0), cancellationToken);
            return await health.IsTakingAsync(ProbeAsync, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private Task ProbeAsync()
    {
        writer.Write(static statements => statements.Write(HeartbeatSql));
        return Task.CompletedTask;
    }

    internal static StoredSubscription ReadStored(SqliteDataReader reader, int ordinal) =>
        new(reader.GetString(ordinal), reader.GetInt64(ordinal + 1), reader.GetFieldValue<byte[]>(ordinal + 2));

    internal static Instant ReadInstant(SqliteDataReader reader, int ordinal) => Instant.FromUnixTimeMilliseconds(reader.GetInt64(ordinal));
}
