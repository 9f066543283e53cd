using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Due;

internal sealed class PostgresQuarantine(PooledCalls pool) : IQuarantine
{
    /// <summary>
    /// The condition that a row "s" of the subscription table is not excluded from due work. Written without a join: a join would let the
    /// planner give up the index order and sort every due row.
    /// </summary>
    public const string IsFree =
        "(exists (select from quarantine as q where q.subscription_id = s.id and q.version = s.version and q.waits)) is not true";

    private const string PutSql =
        """
        insert into quarantine as q (subscription_id, version, due_at, reason, failures, since, next_try_at, waits)
        values ($1, $2, $3, $4, $5, $6, $7, true)
        on conflict (subscription_id) do update set
          since = case when q.version = excluded.version then q.since else excluded.since end,
          version = excluded.version, due_at = excluded.due_at,
          reason = excluded.reason, failures = excluded.failures, next_try_at = excluded.next_try_at, waits = true
        """;

    private const string ListSql =
        """
        select q.subscription_id, q.version, q.due_at, q.reason, q.failures, q.since, q.next_try_at
        from quarantine as q join subscription as s on s.id = q.subscription_id and s.version = q.version
        where q.subscription_id > $1 order by q.subscription_id limit $2
        """;

    /// <summary>Both changes see the table as it was before, so a row that matches both is deleted.</summary>
    private const string SweepSql =
        """
        with moved_on as (
          delete from quarantine as q
          where not exists (select from subscription as s where s.id = q.subscription_id and s.version = q.version)
          returning q.subscription_id
        ),
        tried_again as (
          update quarantine as q set waits = false
          where q.waits and q.next_try_at <= $1 and q.subscription_id not in (select subscription_id from moved_on)
        )
        select (select count(*) from quarantine) - (select count(*) from moved_on)
        """;

    public async ValueTask PutAsync(QuarantinedSubscription subscription, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        NpgsqlParameter[] parameters =
        [
            Text(subscription.SubscriptionId), Long(subscription.Version), At(subscription.DueAt), Text(subscription.Reason),
            Integer(subscription.Failures),
            At(subscription.Since), At(subscription.NextTryAt),
        ];
        await pool.WriteAsync(PutSql, parameters, cancellationToken);
    }

    public async ValueTask<bool> ReleaseAsync(string subscriptionId, CancellationToken cancellationToken) =>
        await pool.WriteAsync("delete from quarantine where subscription_id = $1", [Text(subscriptionId)], cancellationToken) == 1;

    public async ValueTask<IReadOnlyList<QuarantinedSubscription>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(ListSql, [Text(after ?? ""), Integer(limit)], Read, cancellationToken);
    }

    public async ValueTask<long> SweepAsync(Instant now, CancellationToken cancellationToken) =>
        (await pool.WriteAsync(SweepSql, [At(now)], static reader => reader.GetInt64(0), cancellationToken))[0];

    private static QuarantinedSubscription Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), ReadInstant(reader, 2), reader.GetString(3), reader.GetInt32(4), ReadInstant(reader, 5),
        ReadInstant(reader, 6));
}
