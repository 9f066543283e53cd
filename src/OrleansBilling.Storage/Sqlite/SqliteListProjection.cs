using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Keeps the lists on SQLite. The single writer alternates with commits.</summary>
internal sealed class SqliteListProjection(SqliteWriter writer, SqliteReaders readers) : IListProjection
{
    private const string NotesSql =
        """
        select id, subscription_id, (julianday('now') - 2440587.5) * 86400000.0 - noted_at from list_note order by id limit $1
        """;

    private const string StoredSql = "select id, version, state from subscription where id = $1";

    private const string VersionsSql = "select id, version from subscription where id > $1 and id <= $2";

    private const string NoteSql = "insert into list_note (subscription_id) values ($1)";

    private const string NextSql = "select id, version, state from subscription where id > $1 and id <= $2 order by id";

    /// <summary>The tables whose rows are derived.</summary>
    private static readonly string[] Tables =
        ["invoice", "listed_subscription", "next_billing", "subscription_metadata", "balance_entry", "credit_note", "chargeback"];

    /// <summary>
    /// Drops what is listed of the subscriptions after $2 and up to $3, unless another process was faster: that one has listed them again.
    /// </summary>
    private static readonly string[] DropSql = [.. Tables.Select(table => $"{DropRestOf(table)} and subscription_id <= $3")];

    /// <summary>Drops what is listed behind the last subscription.</summary>
    private static readonly string[] DropRestSql = [.. Tables.Select(DropRestOf)];

    /// <summary>What was read is the beginning of all notes.</summary>
    private const string RemoveSql = "delete from list_note where id <= $1";

    private const string CountSql = "select count(*) from list_note where id between $1 and $2";

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

    private const string SubscriptionSql =
        """
        insert into listed_subscription (subscription_id, seller_id, product_id, plan_id, offer_id, customer_id, status, created_at,
          canceled_at, payment_token)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (subscription_id)
        """;

    private const string ReplaceSubscriptionSql =
        $"""
        {SubscriptionSql} do update set seller_id = $2, product_id = $3, plan_id = $4, offer_id = $5, customer_id = $6, status = $7,
          created_at = $8, canceled_at = $9, payment_token = $10
        where seller_id <> $2 or product_id <> $3 or plan_id <> $4 or offer_id <> $5 or customer_id <> $6 or status <> $7
          or created_at <> $8 or canceled_at is not $9 or payment_token is not $10
        """;

    private const string AddSubscriptionSql = $"{SubscriptionSql} do nothing";

    private const string BillingSql =
        """
        insert into next_billing (subscription_id, seller_id, product_id, plan_id, offer_id, status, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (subscription_id) do update set seller_id = $2, product_id = $3, plan_id = $4, offer_id = $5, status = $6, at = $7
        where seller_id <> $2 or product_id <> $3 or plan_id <> $4 or offer_id <> $5 or status <> $6 or at <> $7
        """;

    private const string NoBillingSql = "delete from next_billing where subscription_id = $1";

    private const string PairsSql = "select key from subscription_metadata where subscription_id = $1";

    private const string PairSql =
        """
        insert into subscription_metadata (subscription_id, key, value, seller_id, created_at) values ($1, $2, $3, $4, $5)
        on conflict (subscription_id, key) do update set value = $3, seller_id = $4 where value <> $3 or seller_id <> $4
        """;

    private const string NoPairSql = "delete from subscription_metadata where subscription_id = $1 and key = $2";

    private const string RebuildSql = "select run, after_id from list_rebuild order by run desc limit 1";

    private const string MoveSql = "update list_rebuild set after_id = $3 where run = $1 and after_id = $2";

    private const string EndSql = "delete from list_rebuild where run = $1 and after_id = $2";

    public ValueTask<ListNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken)
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
                    .SelectMany(id => statements.Read(StoredSql, [id], ReadStored))
                    .ToList();
                var age = notes.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(0, notes[0].Age));
                return new ListNotes([.. notes.Select(note => note.Id)], subscriptions, age);
            },
            cancellationToken);
    }

    public ValueTask<bool> WriteAsync(IReadOnlyList<long> notes, DerivedRows rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            if (statements.Read(CountSql, [notes[0], notes[^1]], static reader => reader.GetInt32(0))[0] != notes.Count) return false;
            Write(statements, ReplaceSql, rows.Invoices);
            foreach (var one in rows.Subscriptions) Write(statements, ReplaceSubscriptionSql, one);
            SqliteDocumentRows.Replace(statements, rows);
            statements.Write(RemoveSql, notes[^1]);
            return true;
        }));
    }

    public ValueTask BeginRebuildAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            statements.Write("delete from list_rebuild");
            return statements.Write("insert into list_rebuild (after_id) values ('')");
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ListRebuild?> FindRebuildAsync(CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            RebuildSql, [], static reader => new ListRebuild(reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
        ListRebuild rebuild, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var ids = await readers.ReadAsync(
            "select id from subscription where id > $1 order by id limit $2", [rebuild.AfterId, limit],
            static reader => reader.GetString(0), cancellationToken);

        // Read after the rows are gone: what the projection writes in between is newer, and stays.
        if (ids.Count == 0)
        {
            writer.Write(statements => DropRestSql.Sum(sql => statements.Write(sql, rebuild.Run, rebuild.AfterId)));
            return [];
        }

        writer.Write(statements => DropSql.Sum(sql => statements.Write(sql, rebuild.Run, rebuild.AfterId, ids[^1])));
        return await readers.ReadAsync(NextSql, [rebuild.AfterId, ids[^1]], ReadStored, cancellationToken);
    }

    public ValueTask WriteRebuiltAsync(
        ListRebuild rebuild, DerivedRows rows, IReadOnlyList<StoredSubscription> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            if (read.Count == 0) return statements.Write(EndSql, rebuild.Run, rebuild.AfterId);
            if (statements.Write(MoveSql, rebuild.Run, rebuild.AfterId, read[^1].SubscriptionId) == 0) return 0;
            Write(statements, AddSql, rows.Invoices);
            foreach (var one in rows.Subscriptions) Write(statements, AddSubscriptionSql, one);
            SqliteDocumentRows.Add(statements, rows);
            NoteChanged(statements, rebuild.AfterId, read);
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

    /// <summary>What has changed since it was read, or was made meanwhile, is projected once more: its own note may be gone.</summary>
    private static void NoteChanged(SqliteStatements statements, string afterId, IReadOnlyList<StoredSubscription> read)
    {
        var versions = read.ToDictionary(one => one.SubscriptionId, one => one.Version, StringComparer.Ordinal);
        var now = statements.Read(
            VersionsSql, [afterId, read[^1].SubscriptionId], static reader => (Id: reader.GetString(0), Version: reader.GetInt64(1)));
        foreach (var (id, version) in now)
        {
            if (!versions.TryGetValue(id, out var then) || then != version) statements.Write(NoteSql, id);
        }
    }

    /// <summary>Nothing more is written of a row that stays as it is because it is newer.</summary>
    private static void Write(SqliteStatements statements, string sql, ListedSubscription one)
    {
        var written = statements.Write(
            sql, one.SubscriptionId, one.SellerId, one.ProductId, one.PlanId, one.OfferId, one.CustomerId, StoredNames.Of(one.Status),
            one.CreatedAt.ToUnixTimeMilliseconds(), one.CanceledAt?.ToUnixTimeMilliseconds(), one.PaymentToken);
        if (written == 0 && sql == AddSubscriptionSql) return;
        if (one.NextBillingAt is { } at)
        {
            statements.Write(
                BillingSql, one.SubscriptionId, one.SellerId, one.ProductId, one.PlanId, one.OfferId, StoredNames.Of(one.Status),
                at.ToUnixTimeMilliseconds());
        }
        else
        {
            statements.Write(NoBillingSql, one.SubscriptionId);
        }

        foreach (var key in statements.Read(PairsSql, [one.SubscriptionId], static reader => reader.GetString(0)))
        {
            if (!one.Metadata.ContainsKey(key)) statements.Write(NoPairSql, one.SubscriptionId, key);
        }

        foreach (var (key, value) in one.Metadata)
            statements.Write(PairSql, one.SubscriptionId, key, value, one.SellerId, one.CreatedAt.ToUnixTimeMilliseconds());
    }

    private static string DropRestOf(string table) =>
        $"delete from {table} where exists (select 1 from list_rebuild where run = $1 and after_id = $2) and subscription_id > $2";

    private static StoredSubscription ReadStored(SqliteDataReader reader) => SqliteJournal.ReadStored(reader, 0);
}
