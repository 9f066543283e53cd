using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Feed;

/// <summary>
/// The backfill on PostgreSQL. After an upgrade it goes through all subscriptions, then through those that programs of before have
/// touched meanwhile (script 0038). A batch skips rows that a commit holds, so neither waits for the other.
/// </summary>
internal sealed class PostgresFeedBackfill(PooledCalls pool, AdvisoryLead lead) : IFeedBackfill
{
    private const string IsNeededSql = "select exists (select 1 from feed_gap)";

    private const string IsOfAllSql = "select exists (select 1 from feed_gap where subscription_id is null)";

    private const string MissingSql = "select id, version, fed from subscription where fed <> version and id > $1 order by id limit $2";

    private const string MissingOfGapsSql =
        """
        select s.id, s.version, s.fed
        from feed_gap as g join subscription as s on s.id = g.subscription_id
        where s.fed <> s.version and g.subscription_id > $1
        order by g.subscription_id
        limit $2
        """;

    private const string WriteSql =
        """
        with held as materialized (
          select s.id
          from unnest($1::text[], $2::bigint[], $3::bigint[]) as b (id, version, fed)
          join subscription as s on s.id = b.id and s.version = b.version and s.fed = b.fed
          order by s.id
          for update of s skip locked
        ),
        page as (
          insert into feed_page (entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
          select count(*)::integer, bit_or(1::bigint << f.type), array_agg(f.id order by f.place), array_agg(f.sequence order by f.place),
            array_agg(f.type order by f.place), array_agg(f.invoice order by f.place), array_agg(f.seller_id order by f.place)
          from unnest($4::text[], $5::bigint[], $6::smallint[], $7::integer[], $8::text[])
            with ordinality as f (id, sequence, type, invoice, seller_id, place)
          where f.id in (select id from held)
          having count(*) > 0
        )
        update subscription set fed = version where id in (select id from held)
        """;

    /// <summary>
    /// Locks the subscriptions, so that a program of before which is about to change one notes it after the deletion and not before.
    /// </summary>
    private const string ForgetGapsSql =
        """
        with filled as materialized (
          select s.id from feed_gap as g join subscription as s on s.id = g.subscription_id where s.fed = s.version
          order by s.id
          for update of s skip locked
        )
        delete from feed_gap where subscription_id in (select id from filled)
        """;

    private const string ForgetAllSql =
        """
        delete from feed_gap where subscription_id is null and not exists (select 1 from subscription where fed <> version)
        """;

    public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) =>
        lead.TryTakeAsync(AdvisoryLocks.FillingFeed, cancellationToken);

    public async ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken) => await AskAsync(IsNeededSql, cancellationToken);

    public async ValueTask<IReadOnlyList<UnfedSubscription>> ReadMissingAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var sql = await AskAsync(IsOfAllSql, cancellationToken) ? MissingSql : MissingOfGapsSql;
        return await pool.ReadAsync(
            sql, [Text(afterId ?? ""), Integer(limit)],
            static reader => new UnfedSubscription(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken);
    }

    public async ValueTask<int> WriteAsync(IReadOnlyList<BackfilledSubscription> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = batch.SelectMany(one => one.Events, (one, fed) => (one.Subscription.Id, Event: fed)).ToList();
        return await pool.WriteAsync(
            WriteSql,
            [
                Texts([.. batch.Select(one => one.Subscription.Id)]), Longs([.. batch.Select(one => one.Subscription.Version)]),
                Longs([.. batch.Select(one => one.Subscription.Fed)]),
                Texts([.. rows.Select(row => row.Id)]), Longs([.. rows.Select(row => row.Event.Sequence)]),
                Smallints([.. rows.Select(row => (short)row.Event.Type)]), Integers([.. rows.Select(row => row.Event.Invoice)]),
                Texts([.. rows.Select(row => row.Event.SellerId)]),
            ],
            cancellationToken);
    }

    public async ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(IsOfAllSql, cancellationToken)) await pool.WriteAsync(ForgetAllSql, [], cancellationToken);
        await pool.WriteAsync(ForgetGapsSql, [], cancellationToken);
        return !await IsNeededAsync(cancellationToken);
    }

    private async Task<bool> AskAsync(string sql, CancellationToken cancellationToken) =>
        (await pool.ReadAsync(sql, [], static reader => reader.GetBoolean(0), cancellationToken))[0];
}
