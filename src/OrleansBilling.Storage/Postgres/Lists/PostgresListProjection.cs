using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>
/// Keeps the lists on PostgreSQL. A note is of a batch of commits, and so of up to about a thousand subscriptions. Rows that
/// stay as they are are not touched.
/// </summary>
internal sealed class PostgresListProjection(PooledCalls pool) : IListProjection
{
    /// <summary>The oldest notes until they are of $1 subscriptions.</summary>
    internal const string NotesSql =
        """
        select id, subscription_ids, extract(epoch from clock_timestamp() - noted_at)::double precision
        from (
          select *, sum(cardinality(subscription_ids)) over (order by id) - cardinality(subscription_ids) as before
          from (select * from list_note order by id limit $1) as next
        ) as counted
        where before < $1
        order by id
        """;

    internal const string SubscriptionsSql = "select id, version, state from subscription where id = any($1)";

    internal const string NextSql = "select id from subscription where id > $1 order by id limit $2";

    /// <summary>
    /// Drops what is listed of the subscriptions after $2 and up to $3, unless another process was faster: that one has listed them again.
    /// </summary>
    internal const string DropSql =
        $"""
        {HereSql},
        subscriptions as (delete from listed_subscription where {RestSql} and subscription_id <= $3),
        billings as (delete from next_billing where {RestSql} and subscription_id <= $3),
        pairs as (delete from subscription_metadata where {RestSql} and subscription_id <= $3),
        invoices as (delete from invoice where {RestSql} and subscription_id <= $3),
        entries as (delete from balance_entry where {RestSql} and subscription_id <= $3),
        notes as (delete from credit_note where {RestSql} and subscription_id <= $3),
        chargebacks as (delete from chargeback where {RestSql} and subscription_id <= $3)
        select count(*) from here
        """;

    /// <summary>Drops what is listed behind the last subscription; not what was just made there.</summary>
    private const string DropRestSql =
        $"""
        {HereSql},
        subscriptions as (delete from listed_subscription as t where {RestSql} and {GoneSql}),
        billings as (delete from next_billing as t where {RestSql} and {GoneSql}),
        pairs as (delete from subscription_metadata as t where {RestSql} and {GoneSql}),
        invoices as (delete from invoice as t where {RestSql} and {GoneSql}),
        entries as (delete from balance_entry as t where {RestSql} and {GoneSql}),
        notes as (delete from credit_note as t where {RestSql} and {GoneSql}),
        chargebacks as (delete from chargeback as t where {RestSql} and {GoneSql})
        select count(*) from here
        """;

    private const string GoneSql = "not exists (select 1 from subscription as s where s.id = t.subscription_id)";

    private const string HereSql =
        "with here as materialized (select run from list_rebuild where run = $1 and after_id = $2 for update)";

    private const string RestSql = "exists (select 1 from here) and subscription_id > $2";

    private const string InvoicesSql =
        """
        unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[], $9::text[])
            as r (subscription_id, number, seller_id, customer_id, currency, status, overdue, created_at, data)
        """;

    private const string SubscriptionColumns =
        "subscription_id, seller_id, product_id, plan_id, offer_id, customer_id, status, created_at, canceled_at, payment_token";

    private const string BillingColumns = "subscription_id, seller_id, product_id, plan_id, offer_id, status, at";

    private const string RowsSql =
        """
        unnest($10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::timestamptz[],
            $18::timestamptz[], $19::text[], $20::timestamptz[])
            as r (subscription_id, seller_id, product_id, plan_id, offer_id, customer_id, status, created_at, canceled_at, payment_token,
              next_billing_at)
        """;

    private const string PairsSql =
        """
        unnest($21::text[], $22::text[], $23::text[], $24::text[], $25::timestamptz[])
            as r (subscription_id, key, value, seller_id, created_at)
        """;

    /// <summary>Locks the notes, so that of two processes the second finds them gone.</summary>
    internal const string WriteSql =
        $"""
        with locked as materialized (select id from list_note where id = any($62) order by id for update),
        claim as materialized (select count(*) = cardinality($62::bigint[]) as whole from locked),
        removed as (delete from list_note where id = any($62) and (select whole from claim)),
        written as (
          insert into invoice as i ({InvoiceListSql.Columns})
          select r.* from {InvoicesSql}
          where (select whole from claim) and not exists (
            select 1 from invoice as t
            where t.subscription_id = r.subscription_id and t.number = r.number and t.overdue = r.overdue and t.data = r.data
              and (t.seller_id, t.customer_id, t.currency, t.status) = (r.seller_id, r.customer_id, r.currency, r.status))
          on conflict (subscription_id, number) do update set
            seller_id = excluded.seller_id, customer_id = excluded.customer_id, currency = excluded.currency, status = excluded.status,
            overdue = excluded.overdue, created_at = excluded.created_at, data = excluded.data
        ),
        listed as (
          insert into listed_subscription ({SubscriptionColumns})
          select {SubscriptionColumns} from {RowsSql}
          where (select whole from claim) and not exists (
            select 1 from listed_subscription as t
            where t.subscription_id = r.subscription_id and t.status = r.status
              and (t.seller_id, t.product_id, t.plan_id, t.offer_id, t.customer_id, t.created_at)
                = (r.seller_id, r.product_id, r.plan_id, r.offer_id, r.customer_id, r.created_at)
              and (t.canceled_at, t.payment_token) is not distinct from (r.canceled_at, r.payment_token))
          on conflict (subscription_id) do update set
            seller_id = excluded.seller_id, product_id = excluded.product_id, plan_id = excluded.plan_id, offer_id = excluded.offer_id,
            customer_id = excluded.customer_id, status = excluded.status, created_at = excluded.created_at,
            canceled_at = excluded.canceled_at, payment_token = excluded.payment_token
        ),
        billed as (
          insert into next_billing ({BillingColumns})
          select r.subscription_id, r.seller_id, r.product_id, r.plan_id, r.offer_id, r.status, r.next_billing_at from {RowsSql}
          where (select whole from claim) and r.next_billing_at is not null and not exists (
            select 1 from next_billing as t
            where t.subscription_id = r.subscription_id
              and (t.seller_id, t.product_id, t.plan_id, t.offer_id, t.status, t.at)
                = (r.seller_id, r.product_id, r.plan_id, r.offer_id, r.status, r.next_billing_at))
          on conflict (subscription_id) do update set
            seller_id = excluded.seller_id, product_id = excluded.product_id, plan_id = excluded.plan_id, offer_id = excluded.offer_id,
            status = excluded.status, at = excluded.at
        ),
        ended as (
          delete from next_billing as t using {RowsSql}
          where t.subscription_id = r.subscription_id and r.next_billing_at is null and (select whole from claim)
        ),
        paired as (
          insert into subscription_metadata (subscription_id, key, value, seller_id, created_at)
          select r.* from {PairsSql}
          where (select whole from claim) and not exists (
            select 1 from subscription_metadata as t
            where t.subscription_id = r.subscription_id and t.key = r.key and t.value = r.value and t.seller_id = r.seller_id)
          on conflict (subscription_id, key) do update set value = excluded.value, seller_id = excluded.seller_id
        ),
        unpaired as (
          delete from subscription_metadata as t
          where t.subscription_id = any($10) and (select whole from claim)
            and not exists (select 1 from {PairsSql} where r.subscription_id = t.subscription_id and r.key = t.key)
        ),
        entered as ({DocumentRows.AddEntriesSql} where (select whole from claim) on conflict do nothing),
        credited as ({DocumentRows.AddCreditNotesSql} where (select whole from claim) {DocumentRows.ReplaceCreditNoteSql}),
        charged_back as ({DocumentRows.AddChargebacksSql} where (select whole from claim) {DocumentRows.ReplaceChargebackSql})
        select whole from claim
        """;

    private const string BeginSql =
        """
        with ended as (delete from list_rebuild)
        insert into list_rebuild (after_id) values ('')
        """;

    private const string RebuildSql = "select run, after_id from list_rebuild order by run desc limit 1";

    private const string EndSql = "delete from list_rebuild where run = $1 and after_id = $2";

    private const string WriteRebuiltSql =
        $"""
        with moved as (update list_rebuild set after_id = $64 where run = $62 and after_id = $63 returning run),
        listed as (
          insert into listed_subscription ({SubscriptionColumns})
          select {SubscriptionColumns} from {RowsSql} where exists (select 1 from moved)
          on conflict (subscription_id) do nothing
          returning subscription_id
        ),
        billed as (
          insert into next_billing ({BillingColumns})
          select r.subscription_id, r.seller_id, r.product_id, r.plan_id, r.offer_id, r.status, r.next_billing_at from {RowsSql}
          where r.next_billing_at is not null and r.subscription_id in (select subscription_id from listed)
          on conflict (subscription_id) do nothing
        ),
        paired as (
          insert into subscription_metadata (subscription_id, key, value, seller_id, created_at)
          select r.* from {PairsSql} where r.subscription_id in (select subscription_id from listed)
          on conflict (subscription_id, key) do nothing
        ),
        invoiced as (
          insert into invoice ({InvoiceListSql.Columns})
          select r.* from {InvoicesSql} where exists (select 1 from moved)
          on conflict (subscription_id, number) do nothing
        ),
        entered as ({DocumentRows.AddEntriesSql} where exists (select 1 from moved) on conflict do nothing),
        credited as ({DocumentRows.AddCreditNotesSql} where exists (select 1 from moved) on conflict do nothing),
        charged_back as ({DocumentRows.AddChargebacksSql} where exists (select 1 from moved) on conflict do nothing),
        -- What has changed since it was read, or was made meanwhile, is projected once more: its own note may be gone.
        noted as (
          insert into list_note (subscription_ids)
          select array_agg(s.id) from subscription as s
          where s.id > $63 and s.id <= $64 and exists (select 1 from moved) and not exists (
            select 1 from unnest($65::text[], $66::bigint[]) as v (id, version) where v.id = s.id and v.version = s.version)
          having count(*) > 0
        )
        select count(*) from moved
        """;

    public async ValueTask<ListNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var found = await pool.ReadAsync(
            NotesSql, [Integer(limit)],
            static reader => (Id: reader.GetInt64(0), Ids: reader.GetFieldValue<string[]>(1), Age: reader.GetDouble(2)), cancellationToken);
        var notes = found.TakeWhile(note => settled == TimeSpan.Zero || note.Age >= settled.TotalSeconds).ToList();
        if (notes.Count == 0) return new ListNotes([], [], TimeSpan.Zero);
        var ids = notes.SelectMany(note => note.Ids).Distinct(StringComparer.Ordinal).ToArray();
        var subscriptions = await pool.ReadAsync(SubscriptionsSql, [Texts(ids)], ReadStored, cancellationToken);
        return new ListNotes([.. notes.Select(note => note.Id)], subscriptions, TimeSpan.FromSeconds(Math.Max(0, notes[0].Age)));
    }

    public async ValueTask<bool> WriteAsync(
        IReadOnlyList<long> notes, DerivedRows rows, CancellationToken cancellationToken)
    {
        var written = await LockedAsync(
            WriteSql, [.. Parameters(rows), Longs([.. notes])], static reader => reader.GetBoolean(0), cancellationToken);
        return written[0];
    }

    public async ValueTask BeginRebuildAsync(CancellationToken cancellationToken) =>
        await pool.WriteAsync(BeginSql, [], cancellationToken);

    public async ValueTask<ListRebuild?> FindRebuildAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            RebuildSql, [], static reader => new ListRebuild(reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
        ListRebuild rebuild, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var ids = await pool.ReadAsync(
            NextSql, [Text(rebuild.AfterId), Integer(limit)], static reader => reader.GetString(0), cancellationToken);

        // Read after the rows are gone: what the projection writes in between is newer, and stays.
        if (ids.Count == 0)
        {
            await LockedAsync(DropRestSql, [Long(rebuild.Run), Text(rebuild.AfterId)], ReadCount, cancellationToken);
            return [];
        }

        await LockedAsync(DropSql, [Long(rebuild.Run), Text(rebuild.AfterId), Text(ids[^1])], ReadCount, cancellationToken);
        var stored = await pool.ReadAsync(SubscriptionsSql, [Texts([.. ids])], ReadStored, cancellationToken);
        return [.. stored.OrderBy(subscription => subscription.SubscriptionId, StringComparer.Ordinal)];
    }

    public async ValueTask WriteRebuiltAsync(
        ListRebuild rebuild, DerivedRows rows, IReadOnlyList<StoredSubscription> read, CancellationToken cancellationToken)
    {
        if (read.Count == 0)
        {
            await pool.WriteAsync(EndSql, [Long(rebuild.Run), Text(rebuild.AfterId)], cancellationToken);
            return;
        }

        await LockedAsync(
            WriteRebuiltSql,
            [
                .. Parameters(rows), Long(rebuild.Run), Text(rebuild.AfterId), Text(read[^1].SubscriptionId),
                Texts([.. read.Select(one => one.SubscriptionId)]), Longs([.. read.Select(one => one.Version)]),
            ],
            ReadCount, cancellationToken);
    }

    /// <summary>
    /// One process at a time writes rows, and sees all that the one before wrote: a projection beside a rebuild would otherwise miss, by
    /// its older snapshot, rows that the other has just dropped or added.
    /// </summary>
    private Task<List<T>> LockedAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        pool.WriteLockedAsync(
            AdvisoryLocks.TakeAndProbeSql, [Integer(AdvisoryLocks.Space), Integer(AdvisoryLocks.Lists)], sql, parameters, read,
            cancellationToken);

    private static long ReadCount(NpgsqlDataReader reader) => reader.GetInt64(0);

    private static NpgsqlParameter[] Parameters(DerivedRows rows)
    {
        var (subscriptions, invoices) = (rows.Subscriptions, rows.Invoices);
        var pairs = subscriptions.SelectMany(one => one.Metadata, static (one, pair) => (One: one, pair.Key, pair.Value)).ToList();
        return
        [
            Texts([.. invoices.Select(one => one.SubscriptionId)]), Integers([.. invoices.Select(one => one.Invoice.Number)]),
            Texts([.. invoices.Select(one => one.SellerId)]), Texts([.. invoices.Select(one => one.CustomerId)]),
            Texts([.. invoices.Select(one => one.Currency)]), Texts([.. invoices.Select(one => StoredNames.Of(one.Invoice.Standing))]),
            Booleans([.. invoices.Select(one => one.Overdue)]), Instants([.. invoices.Select(one => one.Invoice.CreatedAt)]),
            Utf8([.. invoices.Select(one => InvoiceCodec.Encode(one.Invoice))]),
            Texts([.. subscriptions.Select(one => one.SubscriptionId)]), Texts([.. subscriptions.Select(one => one.SellerId)]),
            Texts([.. subscriptions.Select(one => one.ProductId)]), Texts([.. subscriptions.Select(one => one.PlanId)]),
            Texts([.. subscriptions.Select(one => one.OfferId)]), Texts([.. subscriptions.Select(one => one.CustomerId)]),
            Texts([.. subscriptions.Select(one => StoredNames.Of(one.Status))]), Instants([.. subscriptions.Select(one => one.CreatedAt)]),
            MaybeInstants([.. subscriptions.Select(one => one.CanceledAt)]), MaybeTexts([.. subscriptions.Select(one => one.PaymentToken)]),
            MaybeInstants([.. subscriptions.Select(one => one.NextBillingAt)]),
            Texts([.. pairs.Select(pair => pair.One.SubscriptionId)]), Texts([.. pairs.Select(pair => pair.Key)]),
            Texts([.. pairs.Select(pair => pair.Value)]), Texts([.. pairs.Select(pair => pair.One.SellerId)]),
            Instants([.. pairs.Select(pair => pair.One.CreatedAt)]),
            .. DocumentRows.Parameters(rows),
        ];
    }

    private static StoredSubscription ReadStored(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
