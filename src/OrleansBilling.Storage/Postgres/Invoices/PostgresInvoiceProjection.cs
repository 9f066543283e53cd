using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Invoices;

/// <summary>
/// Keeps the list of invoices on PostgreSQL. A note is of a batch of commits, and so of up to about a thousand subscriptions. Rows that
/// stay as they are are not touched.
/// </summary>
internal sealed class PostgresInvoiceProjection(PooledCalls pool) : IInvoiceProjection
{
    /// <summary>The oldest notes until they are of $1 subscriptions.</summary>
    internal const string NotesSql =
        """
        select id, subscription_ids, extract(epoch from clock_timestamp() - noted_at)::double precision
        from (
          select *, sum(cardinality(subscription_ids)) over (order by id) - cardinality(subscription_ids) as before
          from (select * from invoice_note order by id limit $1) as next
        ) as counted
        where before < $1
        order by id
        """;

    internal const string SubscriptionsSql = "select id, version, state from subscription where id = any($1)";

    internal const string NextSql = "select id from subscription where id > $1 order by id limit $2";

    /// <summary>
    /// Drops what is listed of the subscriptions after $2 and up to $3, unless another process was faster: that one has listed them again.
    /// </summary>
    internal const string DropSql = $"{DropRestSql} and subscription_id <= $3";

    /// <summary>Drops what is listed behind the last subscription.</summary>
    private const string DropRestSql =
        """
        with here as materialized (select run from invoice_rebuild where run = $1 and after_id = $2 for update)
        delete from invoice where exists (select 1 from here) and subscription_id > $2
        """;

    private const string RowsSql =
        """
        unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[], $9::text[])
            as r (subscription_id, number, seller_id, customer_id, currency, status, overdue, created_at, data)
        """;

    /// <summary>Locks the notes, so that of two processes the second finds them gone.</summary>
    internal const string WriteSql =
        $"""
        with locked as materialized (select id from invoice_note where id = any($10) order by id for update),
        claim as materialized (select count(*) = cardinality($10::bigint[]) as whole from locked),
        removed as (delete from invoice_note where id = any($10) and (select whole from claim)),
        written as (
          insert into invoice as i ({InvoiceListSql.Columns})
          select r.* from {RowsSql}
          where (select whole from claim) and not exists (
            select 1 from invoice as t
            where t.subscription_id = r.subscription_id and t.number = r.number and t.overdue = r.overdue and t.data = r.data
              and (t.seller_id, t.customer_id, t.currency, t.status) = (r.seller_id, r.customer_id, r.currency, r.status))
          on conflict (subscription_id, number) do update set
            seller_id = excluded.seller_id, customer_id = excluded.customer_id, currency = excluded.currency, status = excluded.status,
            overdue = excluded.overdue, created_at = excluded.created_at, data = excluded.data
        )
        select whole from claim
        """;

    private const string BeginSql =
        """
        with ended as (delete from invoice_rebuild)
        insert into invoice_rebuild (after_id) values ('')
        """;

    private const string RebuildSql = "select run, after_id from invoice_rebuild order by run desc limit 1";

    private const string EndSql = "delete from invoice_rebuild where run = $1 and after_id = $2";

    private const string WriteRebuiltSql =
        $"""
        with moved as (update invoice_rebuild set after_id = $12 where run = $10 and after_id = $11 returning run)
        insert into invoice ({InvoiceListSql.Columns})
        select r.* from {RowsSql} where exists (select 1 from moved)
        on conflict (subscription_id, number) do nothing
        """;

    public async ValueTask<InvoiceNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var found = await pool.ReadAsync(
            NotesSql, [Integer(limit)],
            static reader => (Id: reader.GetInt64(0), Ids: reader.GetFieldValue<string[]>(1), Age: reader.GetDouble(2)), cancellationToken);
        var notes = found.TakeWhile(note => settled == TimeSpan.Zero || note.Age >= settled.TotalSeconds).ToList();
        if (notes.Count == 0) return new InvoiceNotes([], [], TimeSpan.Zero);
        var ids = notes.SelectMany(note => note.Ids).Distinct(StringComparer.Ordinal).ToArray();
        var subscriptions = await pool.ReadAsync(SubscriptionsSql, [Texts(ids)], ReadStored, cancellationToken);
        return new InvoiceNotes([.. notes.Select(note => note.Id)], subscriptions, TimeSpan.FromSeconds(Math.Max(0, notes[0].Age)));
    }

    public async ValueTask<bool> WriteAsync(
        IReadOnlyList<long> notes, IReadOnlyList<BilledInvoice> invoices, CancellationToken cancellationToken)
    {
        var written = await pool.WriteAsync(
            WriteSql, [.. Rows(invoices), Longs([.. notes])], static reader => reader.GetBoolean(0), cancellationToken);
        return written[0];
    }

    public async ValueTask BeginRebuildAsync(CancellationToken cancellationToken) =>
        await pool.WriteAsync(BeginSql, [], cancellationToken);

    public async ValueTask<InvoiceRebuild?> FindRebuildAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            RebuildSql, [], static reader => new InvoiceRebuild(reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
        InvoiceRebuild rebuild, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var ids = await pool.ReadAsync(
            NextSql, [Text(rebuild.AfterId), Integer(limit)], static reader => reader.GetString(0), cancellationToken);

        // Read after the rows are gone: what the projection writes in between is newer, and stays.
        if (ids.Count == 0)
        {
            await pool.WriteAsync(DropRestSql, [Long(rebuild.Run), Text(rebuild.AfterId)], cancellationToken);
            return [];
        }

        await pool.WriteAsync(DropSql, [Long(rebuild.Run), Text(rebuild.AfterId), Text(ids[^1])], cancellationToken);
        var stored = await pool.ReadAsync(SubscriptionsSql, [Texts([.. ids])], ReadStored, cancellationToken);
        return [.. stored.OrderBy(subscription => subscription.SubscriptionId, StringComparer.Ordinal)];
    }

    public async ValueTask WriteRebuiltAsync(
        InvoiceRebuild rebuild, IReadOnlyList<BilledInvoice> invoices, string? throughId, CancellationToken cancellationToken)
    {
        if (throughId is null)
        {
            await pool.WriteAsync(EndSql, [Long(rebuild.Run), Text(rebuild.AfterId)], cancellationToken);
            return;
        }

        await pool.WriteAsync(
            WriteRebuiltSql, [.. Rows(invoices), Long(rebuild.Run), Text(rebuild.AfterId), Text(throughId)], cancellationToken);
    }

    private static NpgsqlParameter[] Rows(IReadOnlyList<BilledInvoice> invoices) =>
    [
        Texts([.. invoices.Select(one => one.SubscriptionId)]), Integers([.. invoices.Select(one => one.Invoice.Number)]),
        Texts([.. invoices.Select(one => one.SellerId)]), Texts([.. invoices.Select(one => one.CustomerId)]),
        Texts([.. invoices.Select(one => one.Currency)]), Texts([.. invoices.Select(one => StoredNames.Of(one.Invoice.Standing))]),
        Booleans([.. invoices.Select(one => one.Overdue)]), Instants([.. invoices.Select(one => one.Invoice.CreatedAt)]),
        Utf8([.. invoices.Select(one => InvoiceCodec.Encode(one.Invoice))]),
    ];

    private static StoredSubscription ReadStored(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
