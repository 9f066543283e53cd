using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Writes what the projection of the lists says of entries of balances, credit notes and chargebacks.</summary>
internal static class SqliteDocumentRows
{
    private const string EntrySql =
        $"""
        insert into balance_entry ({DocumentListSql.EntryColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict do nothing
        """;

    private const string CreditNoteSql =
        $"""
        insert into credit_note ({DocumentListSql.CreditNoteColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (subscription_id, ordinal)
        """;

    /// <summary>A credit note never changes, but the text of an older release moves out of it.</summary>
    private const string ReplaceCreditNoteSql =
        $"{CreditNoteSql} do update set reason = $10, reason_sequence = $11 where reason is not $10 or reason_sequence is not $11";

    private const string AddCreditNoteSql = $"{CreditNoteSql} do nothing";

    private const string ChargebackSql =
        $"""
        insert into chargeback ({DocumentListSql.ChargebackColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (subscription_id, invoice, attempt)
        """;

    /// <summary>Of a chargeback, only how its dispute stands changes, and the text of an older release moves out of it.</summary>
    private const string ReplaceChargebackSql =
        $"""
        {ChargebackSql} do update set status = $7, closed_at = $13, reason = $10, reason_sequence = $11
        where status <> $7 or closed_at is not $13 or reason is not $10 or reason_sequence is not $11
        """;

    private const string AddChargebackSql = $"{ChargebackSql} do nothing";

    /// <summary>Replaces what differs.</summary>
    public static void Replace(SqliteStatements statements, DerivedRows rows) =>
        Write(statements, rows, ReplaceCreditNoteSql, ReplaceChargebackSql);

    /// <summary>Keeps what is there, because it is newer.</summary>
    public static void Add(SqliteStatements statements, DerivedRows rows) => Write(statements, rows, AddCreditNoteSql, AddChargebackSql);

    private static void Write(SqliteStatements statements, DerivedRows rows, string creditNoteSql, string chargebackSql)
    {
        foreach (var one in rows.Entries)
        {
            statements.Write(
                EntrySql, one.SubscriptionId, one.Sequence, one.PartyId, one.SellerId, one.Currency, StoredNames.Of(one.Kind), one.Invoice,
                one.CreditNote, one.Attempt, one.Amount, one.CreatedAt.ToUnixTimeMilliseconds());
        }

        foreach (var one in rows.CreditNotes)
        {
            statements.Write(
                creditNoteSql, one.SubscriptionId, one.Ordinal, one.SellerId, one.CustomerId, one.Currency, one.Invoice,
                one.ToCredit ? 1 : 0, one.Amount, one.Tax, one.Reason, one.ReasonSequence, one.CreatedAt.ToUnixTimeMilliseconds());
        }

        foreach (var one in rows.Chargebacks)
        {
            statements.Write(
                chargebackSql, one.SubscriptionId, one.Invoice, one.Attempt, one.SellerId, one.CustomerId, one.Currency,
                StoredNames.Of(one.Status), one.Amount, one.CreditTaken, one.Reason, one.ReasonSequence,
                one.OpenedAt.ToUnixTimeMilliseconds(), one.ClosedAt?.ToUnixTimeMilliseconds());
        }
    }
}
