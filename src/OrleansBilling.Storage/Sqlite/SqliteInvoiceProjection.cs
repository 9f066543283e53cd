using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Keeps the list of invoices on SQLite. The single writer alternates with commits.</summary>
internal sealed class SqliteInvoiceProjection(SqliteWriter writer, SqliteReaders readers) : IInvoiceProjection
{
    private const string NotesSql =
        """
        select id, subscription_id, (julianday('now') - 2440587.5) * 86400000.0 - noted_at from invoice_note order by id limit $1
        """;

    private const string SubscriptionSql = "select id, version, state from subscription where id = $1";

    private const string NextSql = "select id, version, state from subscription where id > $1 and id <= $2 order by id";

    /// <summary>
    /// Drops what is listed of the subscriptions after $2 and up to $3, unless another process was faster: that one has listed them again.
    /// </summary>
    private const string DropSql = $"{DropRestSql} and subscription_id <= $3";

    /// <summary>Drops what is listed behind the last subscription.</summary>
    private const string DropRestSql =
        """
        delete from invoice
        where exists (select 1 from invoice_rebuild where run = $1 and after_id = $2) and subscription_id > $2
        """;

    /// <summary>What was read is the beginning of all notes.</summary>
    private const string RemoveSql = "delete from invoice_note where id <= $1";

    private const string CountSql = "select count(*) from invoice_note where id between $1 and $2";

    private const string InsertSql =
        $"""
        insert into invoice ({InvoiceListSql.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, cast($9 as text))
        on conflict (subscription_id, number)
        """;

    private const string ReplaceSql =
        $"""
        {InsertSql} do update set seller_id = $3, customer_id = $4, currency = $5, status = $6, overdue = $7, created_at = $8,
          data = cast($9 as text)
        where data <> cast($9 as text) or overdue <> $7 or status <> $6 or seller_id <> $3 or customer_id <> $4 or currency <> $5
        """;

    private const string AddSql = $"{InsertSql} do nothing";

    private const string RebuildSql = "select run, after_id from invoice_rebuild order by run desc limit 1";

    private const string MoveSql = "update invoice_rebuild set after_id = $3 where run = $1 and after_id = $2";

    private const string EndSql = "delete from invoice_rebuild where run = $1 and after_id = $2";

    public ValueTask<InvoiceNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return readers.ReadAsync(
            statements =>
            {
                var found = statements.Read(
                    NotesSql, [limit],
                    static reader => (Id: reader.GetInt64(0), SubscriptionId: reader.GetString(1), Age: reader.GetDouble(2)));

                // Always the beginning of all notes: they are removed up to the last one.
                var notes = found.TakeWhile(note => settled == TimeSpan.Zero || note.Age >= settled.TotalMilliseconds).ToList();
                var subscriptions = notes.Select(note => note.SubscriptionId).Distinct(StringComparer.Ordinal)
                    .SelectMany(id => statements.Read(SubscriptionSql, [id], ReadStored))
                    .ToList();
                var age = notes.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(0, notes[0].Age));
                return new InvoiceNotes([.. notes.Select(note => note.Id)], subscriptions, age);
            },
            cancellationToken);
    }

    public ValueTask<bool> WriteAsync(
        IReadOnlyList<long> notes, IReadOnlyList<BilledInvoice> invoices, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            if (statements.Read(CountSql, [notes[0], notes[^1]], static reader => reader.GetInt32(0))[0] != notes.Count) return false;
            Write(statements, ReplaceSql, invoices);
            statements.Write(RemoveSql, notes[^1]);
            return true;
        }));
    }

    public ValueTask BeginRebuildAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            statements.Write("delete from invoice_rebuild");
            return statements.Write("insert into invoice_rebuild (after_id) values ('')");
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask<InvoiceRebuild?> FindRebuildAsync(CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            RebuildSql, [], static reader => new InvoiceRebuild(reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
        InvoiceRebuild rebuild, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var ids = await readers.ReadAsync(
            "select id from subscription where id > $1 order by id limit $2", [rebuild.AfterId, limit],
            static reader => reader.GetString(0), cancellationToken);

        // Read after the rows are gone: what the projection writes in between is newer, and stays.
        if (ids.Count == 0)
        {
            writer.Write(statements => statements.Write(DropRestSql, rebuild.Run, rebuild.AfterId));
            return [];
        }

        writer.Write(statements => statements.Write(DropSql, rebuild.Run, rebuild.AfterId, ids[^1]));
        return await readers.ReadAsync(NextSql, [rebuild.AfterId, ids[^1]], ReadStored, cancellationToken);
    }

    public ValueTask WriteRebuiltAsync(
        InvoiceRebuild rebuild, IReadOnlyList<BilledInvoice> invoices, string? throughId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            if (throughId is null) return statements.Write(EndSql, rebuild.Run, rebuild.AfterId);
            if (statements.Write(MoveSql, rebuild.Run, rebuild.AfterId, throughId) == 0) return 0;
            Write(statements, AddSql, invoices);
            return 1;
        });
        return ValueTask.CompletedTask;
    }

    private static void Write(SqliteStatements statements, string sql, IReadOnlyList<BilledInvoice> invoices)
    {
        foreach (var one in invoices)
        {
            statements.Write(
                sql, one.SubscriptionId, one.Invoice.Number, one.SellerId, one.CustomerId, one.Currency,
                StoredNames.Of(one.Invoice.Standing), one.Overdue ? 1 : 0, one.Invoice.CreatedAt.ToUnixTimeMilliseconds(),
                InvoiceCodec.Encode(one.Invoice));
        }
    }

    private static StoredSubscription ReadStored(SqliteDataReader reader) => SqliteJournal.ReadStored(reader, 0);
}
