using System.Numerics;
using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.History;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>
/// The recount on PostgreSQL. A batch locks its rows and skips those that a commit holds, so neither waits for the other. Holding the
/// locks, it sees what changed since it read, and counts only the subscriptions that did not change.
/// </summary>
internal sealed class PostgresRecount(PooledCalls pool, AdvisoryLead lead, StatisticNames names) : IStatisticsRecount
{
    /// <summary>
    /// The column is added anew, because that takes no time, and setting it in each row would. What readers of statistics may hold for long
    /// is locked first, while commits go on; then the table of subscriptions and the counters that commits write, in their order.
    /// </summary>
    private const string BeginSql =
        """
        set local lock_timeout = '2s';
        select pg_advisory_xact_lock(2833, 1002);
        lock table statistic_day, statistic_month, statistic_closed, statistic_market, statistic_aside in access exclusive mode;
        alter table subscription drop column counted, add column counted bigint not null default 0;
        truncate statistic_delta, statistic_day, statistic_month, statistic_closed, statistic_market, statistic_aside;
        insert into statistic_rebuild (since) select now() where not exists (select 1 from statistic_rebuild);
        """;

    private const string IsRebuildingSql = "select exists (select 1 from statistic_rebuild)";

    private const string UncountedSql =
        "select id, version, counted from subscription where counted <> version and id > $1 order by id limit $2";

    private const string FirstEventsSql =
        """
        select e.sequence, e.at, e.type, e.data, w.id
        from unnest($1::text[]) with ordinality as w (id, place)
        cross join lateral (
          select sequence, at, type, data from event where subscription_id = w.id and type <> $2 order by sequence limit $3
        ) as e
        order by w.place, e.sequence
        """;

    private const string NextEventsSql =
        "select sequence, at, type, data from event where subscription_id = $1 and sequence > $2 and type <> $3 order by sequence limit $4";

    private const string LockSql =
        """
        select b.place::integer, s.version
        from unnest($1::text[], $2::bigint[]) with ordinality as b (id, counted, place)
        join subscription as s on s.id = b.id and s.counted = b.counted
        order by s.id
        for update of s skip locked
        """;

    /// <summary>A separate statement, so that it sees every commit that came before the locks.</summary>
    private const string MovedSql =
        """
        select w.place
        from unnest($1::text[], $2::bigint[], $3::integer[]) as w (id, version, place)
        where exists (select 1 from event where subscription_id = w.id and sequence > w.version and type <> $4)
        """;

    private const string CountSql =
        """
        insert into statistic_delta (day, offer_id, metric, slice, value)
        select * from unnest($1::integer[], $2::text[], $3::smallint[], $4::integer[], $5::numeric[])
        """;

    private const string MarkSql = "update subscription set counted = version where id = any($1)";

    private const string CompleteSql =
        "delete from statistic_rebuild where not exists (select 1 from subscription where counted <> version)";

    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        await pool.InTransactionAsync(
            (connection, ends) => PooledCalls.ExecuteAsync(connection, BeginSql, [], ends), cancellationToken);

    public async ValueTask<bool> IsRebuildingAsync(CancellationToken cancellationToken) =>
        (await pool.ReadAsync(IsRebuildingSql, [], static reader => reader.GetBoolean(0), cancellationToken))[0];

    public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) =>
        lead.TryTakeAsync(AdvisoryLocks.RecountingStatistics, cancellationToken);

    public async ValueTask<IReadOnlyList<UncountedSubscription>> ReadUncountedAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(
            UncountedSql, [Text(afterId ?? ""), Integer(limit)],
            static reader => new UncountedSubscription(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<OwnedEvent>> ReadFirstEventsAsync(
        IReadOnlyList<string> ids, int limitEach, CancellationToken cancellationToken) =>
        await pool.ReadAsync(
            FirstEventsSql, [Texts([.. ids]), Text(StoredEvent.UsageType), Integer(limitEach)],
            static reader => new OwnedEvent(reader.GetString(4), PostgresHistory.ReadEvent(reader)), cancellationToken);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadNextEventsAsync(
        string id, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(
            NextEventsSql, [Text(id), Long(afterSequence), Text(StoredEvent.UsageType), Integer(limit)],
            PostgresHistory.ReadEvent, cancellationToken);
    }

    public async ValueTask<int> WriteAsync(IReadOnlyList<RecountedSubscription> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);

        // Any process may use a name's number once it exists, so it must be durable first.
        var named = batch.SelectMany(one => one.Deltas).Where(delta => delta.Name is not null).Select(delta => delta.Name!)
            .ToHashSet(StringComparer.Ordinal);
        var numbers = await pool.OnceAsync(
            (connection, ends) => names.NumbersOfAsync(named, connection, ends).AsTask(), cancellationToken);
        return await pool.InTransactionAsync((connection, ends) => WriteAsync(batch, numbers, connection, ends), cancellationToken);
    }

    public async ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        await pool.WriteAsync(CompleteSql, [], cancellationToken);
        return !await IsRebuildingAsync(cancellationToken);
    }

    private static async Task<int> WriteAsync(
        IReadOnlyList<RecountedSubscription> batch, IReadOnlyDictionary<string, int> numbers, NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var locked = await PooledCalls.RowsAsync(
            connection, LockSql,
            [Texts([.. batch.Select(one => one.Subscription.Id)]), Longs([.. batch.Select(one => one.Subscription.Counted)])],
            static reader => (Place: reader.GetInt32(0) - 1, Version: reader.GetInt64(1)), cancellationToken);
        var later = locked.Where(row => row.Version != batch[row.Place].Subscription.Version).Select(row => row.Place).ToArray();
        var moved = later.Length == 0 ? [] : (await PooledCalls.RowsAsync(
            connection, MovedSql,
            [
                Texts([.. later.Select(place => batch[place].Subscription.Id)]),
                Longs([.. later.Select(place => batch[place].Subscription.Version)]), Integers(later),
                Text(StoredEvent.UsageType),
            ],
            static reader => reader.GetInt32(0), cancellationToken)).ToHashSet();
        var places = locked.Select(row => row.Place).Where(place => !moved.Contains(place)).ToList();
        if (places.Count == 0) return 0;
        await CountAsync(places.SelectMany(place => batch[place].Deltas), numbers, connection, cancellationToken);
        return await PooledCalls.ExecuteAsync(
            connection, MarkSql, [Texts([.. places.Select(place => batch[place].Subscription.Id)])], cancellationToken);
    }

    private static async Task CountAsync(
        IEnumerable<StatisticDelta> deltas, IReadOnlyDictionary<string, int> numbers, NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var sums = new Dictionary<StatisticDelta, Int128>();
        foreach (var delta in deltas)
        {
            var counter = delta with { Value = 0 };
            sums[counter] = sums.GetValueOrDefault(counter) + delta.Value;
        }

        var rows = sums.Where(sum => sum.Value != 0).ToArray();
        if (rows.Length == 0) return;
        NpgsqlParameter[] columns =
        [
            Integers([.. rows.Select(row => row.Key.Day)]),
            Texts([.. rows.Select(row => row.Key.OfferId)]),
            Smallints([.. rows.Select(row => (short)row.Key.Metric)]),
            Integers([.. rows.Select(row => StatisticNames.SliceOf(row.Key, numbers))]),
            Numerics([.. rows.Select(row => (BigInteger)row.Value)]),
        ];
        await PooledCalls.ExecuteAsync(connection, CountSql, columns, cancellationToken);
    }
}
