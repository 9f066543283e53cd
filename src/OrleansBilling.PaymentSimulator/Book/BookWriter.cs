using Microsoft.Data.Sqlite;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>
/// The statements that change the book, on the only connection that may. They see earlier writes of the same transaction, so
/// a key that comes twice in one batch is handled like any repeated key.
/// </summary>
internal sealed class BookWriter(SqliteConnection connection) : IDisposable
{
    // One statement for first and repeated requests. It returns no row if the key is used by another body.
    private readonly BookStatement bookCharge = new(connection, $"""
        insert into charge (key, token, amount, currency, attempt, at, outcome, code, hard)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (key) do update set asks = asks + 1
          where token = excluded.token and amount = excluded.amount
            and currency = excluded.currency and attempt = excluded.attempt
        returning {BookedCharge.Columns}
        """, values: 9);

    private readonly BookStatement findCharge = new(connection, $"select {BookedCharge.Columns} from charge where key = $1", values: 1);

    private readonly BookStatement settleCharge = new(
        connection, "update charge set outcome = $2, code = $3, hard = $4 where key = $1 and outcome = 'pending'", values: 4);

    private readonly BookStatement addRefunded = new(
        connection, "update charge set refunded = refunded + $2 where key = $1 and outcome = 'succeeded'", values: 2);

    private readonly BookStatement bookRefund = new(connection, $"""
        insert into refund (key, charge_key, amount, currency, at, outcome, code, hard)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning {BookedRefund.Columns}
        """, values: 8);

    private readonly BookStatement findRefund = new(connection, $"select {BookedRefund.Columns} from refund where key = $1", values: 1);

    private readonly BookStatement countRefundAsk = new(connection, "update refund set asks = asks + 1 where key = $1", values: 1);

    private SqliteTransaction? open;

    private SqliteTransaction Transaction => open ?? throw new InvalidOperationException("The book is written only in a transaction.");

    /// <summary>Takes the write lock. Commit the transaction, or dispose of it to leave no trace.</summary>
    public SqliteTransaction Begin() => open = connection.BeginTransaction(deferred: false);

    /// <summary>Books a charge, or counts a repeated request; null if the key is used by another body.</summary>
    public BookedCharge? BookCharge(ChargeOrder order, Verdict verdict, DateTimeOffset at) => bookCharge.ReadFirst(
        Transaction, BookedCharge.Read, order.Key, order.Token, order.Amount, order.Currency, order.Attempt,
        BookColumns.Spell(at), BookColumns.Spell(verdict.Outcome), verdict.Code, verdict.Hard);

    public BookedCharge? FindCharge(string key) => findCharge.ReadFirst(Transaction, BookedCharge.Read, key);

    /// <summary>Settles a pending charge.</summary>
    public void SettleCharge(string key, Verdict verdict) =>
        settleCharge.ChangeOne(Transaction, key, BookColumns.Spell(verdict.Outcome), verdict.Code, verdict.Hard);

    public BookedRefund? FindRefund(string key) => findRefund.ReadFirst(Transaction, BookedRefund.Read, key);

    public void CountRefundAsk(string key) => countRefundAsk.ChangeOne(Transaction, key);

    /// <summary>Books a refund, and adds it to its charge if it succeeded.</summary>
    public BookedRefund BookRefund(RefundOrder order, Verdict verdict, DateTimeOffset at)
    {
        if (verdict.Outcome == BookedOutcome.Succeeded) addRefunded.ChangeOne(Transaction, order.ChargeKey, order.Amount);
        return bookRefund.ReadFirst(
            Transaction, BookedRefund.Read, order.Key, order.ChargeKey, order.Amount, order.Currency,
            BookColumns.Spell(at), BookColumns.Spell(verdict.Outcome), verdict.Code, verdict.Hard)!;
    }

    public void Dispose()
    {
        bookCharge.Dispose();
        findCharge.Dispose();
        settleCharge.Dispose();
        addRefunded.Dispose();
        bookRefund.Dispose();
        findRefund.Dispose();
        countRefundAsk.Dispose();
    }
}
