using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Postgres.Commits;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.History;
using OrleansBilling.Storage.Postgres.Loads;
using OrleansBilling.Storage.Usage;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// The journal on PostgreSQL. Commits and loads go through lanes, everything else through the pool. The hash of the subscription id
/// picks the lane, so commits of one subscription never overtake each other.
/// </summary>
internal sealed class PostgresJournal(CommitLane[] commitLanes, LoadLane[] loadLanes, PooledCalls pool, CommitHealth health) : IJournal
{
    /// <summary>Counts the probes of whether the database accepts commits.</summary>
    private const string HeartbeatSql =
        """
        insert into setting as s (name, value) values ('heartbeats', '1')
        on conflict (name) do update set value = (s.value::bigint + 1)::text
        """;

    private const string UsageKeysSql = 
        "select key, null as value from usage_key where subscription_id = $1 and key = any($2) " + UsageKeySql.OrFloor;

    private const string KeyPagesSql = "select version, data from key_page where subscription_id = $1 order by version";

    private readonly PostgresHistory history = new(pool);

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        cancellationToken.ThrowIfCancellationRequested();
        var hash = SubscriptionHash.Of(commit.SubscriptionId);
        return commitLanes[SubscriptionHash.LaneOf(hash, commitLanes.Length)].CommitAsync(commit, hash);
    }

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsStorable(subscriptionId)) return new ValueTask<StoredSubscription?>((StoredSubscription?)null);
        var hash = SubscriptionHash.Of(subscriptionId);
        return loadLanes[SubscriptionHash.LaneOf(hash, loadLanes.Length)].LoadAsync(subscriptionId);
    }

    public async ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken)
    {
        BillingStorage.RequireRange(range);
        return await history.ReadAsync(subscriptionId, range, cancellationToken);
    }

    public async ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(until);
        return await history.FindCheckpointAsync(subscriptionId, until, cancellationToken);
    }

    public async ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        BillingStorage.RequireCheckpoints(checkpoints);
        await history.WriteAsync(subscriptionId, checkpoints, cancellationToken);
    }

    public async ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        BillingStorage.RequireUsageKeys(keys);
        if (keys.Count == 0) return KnownUsage.None;
        return UsageKeySql.Read(await pool.ReadAsync(
            UsageKeysSql, [Text(subscriptionId), Texts([.. keys])],
            UsageKeySql.RowOf, cancellationToken));
    }

    public async ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        await pool.ReadAsync(
            KeyPagesSql,
            [Text(subscriptionId)],
            static reader => new StoredKeyPage(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)),
            cancellationToken);

    public async ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pool.ReadAsync("select 1", [], static reader => reader.GetInt32(0), cancellationToken);
            return await health.IsTakingAsync(() => pool.WriteAsync(HeartbeatSql, [], CancellationToken.None), cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Text that PostgreSQL cannot store names no subscription; sent anyway, it would fail the other loads of its batch.</summary>
    private static bool IsStorable(string subscriptionId)
    {
        foreach (var unit in subscriptionId)
        {
            if (unit == '\0' || char.IsSurrogate(unit)) return false;
        }

        return true;
    }
}
