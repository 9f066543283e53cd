using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Postgres.Commits;
using OrleansBilling.Storage.Postgres.Loads;
using OrleansBilling.Storage.Postgres.Partitions;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// The journal over PostgreSQL: commits and loads go through lanes, the rest through the pool. A lane is chosen by the
/// hash of the subscription id, so that commits of one subscription never overtake each other.
/// </summary>
internal sealed class PostgresJournal(CommitLane[] commitLanes, LoadLane[] loadLanes, PooledCalls pool, PartitionLocks partitions, CommitHealth health) : IJournal
{
    /// <summary>Group after group, as far as the page goes; the cursor stands in the first.</summary>
    internal static readonly string DueSql =
        $"""
        select due.due_at, due.id, due.version, due.state
        from unnest($5::integer[]) with ordinality as wanted (id, place)
        cross join lateral (
          select s.due_at, s.id, s.version, s.state from subscription as s
          where partition / {PartitionLocks.PartitionsPerGroup} = wanted.id and due_at <= $1
            and (due_at, id) > (case when wanted.place = 1 then $2 else '-infinity' end, case when wanted.place = 1 then $3 else '' end)
            and {PostgresQuarantine.IsFree}
          order by due_at, id limit $4
        ) as due
        limit $4
        """;

    private static readonly string NextDueSql =
        $"""
        select min(due.due_at)
        from generate_series(0, {PartitionLocks.GroupCount - 1}) as wanted (id)
        cross join lateral (
          select s.due_at from subscription as s
          where partition / {PartitionLocks.PartitionsPerGroup} = wanted.id and due_at is not null and {PostgresQuarantine.IsFree}
          order by due_at limit 1
        ) as due
        """;

    /// <summary>Counts the times that it was asked whether commits are taken.</summary>
    private const string HeartbeatSql =
        "insert into setting as s (name, value) values ('heartbeats', '1') on conflict (name) do update set value = (s.value::bigint + 1)::text";

    private const string UsageKeysSql = "select key from usage_key where subscription_id = $1 and key = any($2)";

    private const string KeyPagesSql = "select version, data from key_page where subscription_id = $1 order by version";

    private static readonly DueCursor Beginning = new(Instant.FromUtc(1, 1, 1, 0, 0), "");

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

    public async ValueTask WriteCheckpointsAsync(string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        BillingStorage.RequireCheckpoints(checkpoints);
        await history.WriteAsync(subscriptionId, checkpoints, cancellationToken);
    }

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) =>
        ReadDueAsync(partitions.Owned, now, after, limit, cancellationToken);

    /// <summary>What is due in some groups of partitions, named in ascending order.</summary>
    public async ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(ImmutableArray<int> groups, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var cursor = Beginning;
        if (after is { } last)
        {
            var group = PartitionLocks.GroupOf(last.SubscriptionId);
            groups = groups.RemoveAll(one => one < group);
            if (groups.Length > 0 && groups[0] == group) cursor = last;
        }

        if (groups.IsEmpty) return [];
        return await pool.ReadAsync(DueSql, [At(now), At(cursor.DueAt), Text(cursor.SubscriptionId), Integer(limit), Integers([.. groups])], ReadDue, cancellationToken);
    }

    public async ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(NextDueSql, [], static reader => reader.IsDBNull(0) ? (Instant?)null : ReadInstant(reader, 0), cancellationToken);
        return rows[0];
    }

    public async ValueTask<IReadOnlySet<string>> FindUsageKeysAsync(string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        BillingStorage.RequireUsageKeys(keys);
        if (keys.Count == 0) return FrozenSet<string>.Empty;
        var found = await pool.ReadAsync(UsageKeysSql, [Text(subscriptionId), Texts([.. keys])], static reader => reader.GetString(0), cancellationToken);
        return found.ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        await pool.ReadAsync(
            KeyPagesSql, [Text(subscriptionId)], static reader => new StoredKeyPage(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);

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

    private static DueSubscription ReadDue(NpgsqlDataReader reader) =>
        new(ReadInstant(reader, 0), new StoredSubscription(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)));

    /// <summary>Text that PostgreSQL cannot hold names no stored subscription, and would fail the loads that share its statement.</summary>
    private static bool IsStorable(string subscriptionId)
    {
        foreach (var unit in subscriptionId)
        {
            if (unit == '\0' || char.IsSurrogate(unit)) return false;
        }

        return true;
    }
}
