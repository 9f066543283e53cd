using System.Data.Common;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The lists of entries of balances, of credit notes and of chargebacks on SQLite.</summary>
internal sealed class SqliteDocumentLists(SqliteReaders readers) : IBalanceEntryList, ICreditNoteList, IChargebackList
{
    private static readonly DocumentListRows Rows = new(
        static (reader, ordinal) => Instant.FromUnixTimeMilliseconds(reader.GetInt64(ordinal)));

    public ValueTask<IReadOnlyList<BalanceEntry>?> ListAsync(
        BalanceEntryFilter filter, BalanceEntryMark? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(DocumentListSql.Of(filter, after, limit), Rows.ReadEntry, cancellationToken);

    public ValueTask<IReadOnlyList<ListedCreditNote>?> ListAsync(
        CreditNoteFilter filter, CreditNoteMark? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(DocumentListSql.Of(filter, after, limit), Rows.ReadCreditNote, cancellationToken);

    public ValueTask<IReadOnlyList<Chargeback>?> ListAsync(
        ChargebackFilter filter, ChargebackMark? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(DocumentListSql.Of(filter, after, limit), Rows.ReadChargeback, cancellationToken);

    private async ValueTask<IReadOnlyList<T>?> ReadAsync<T>(
        DocumentListSql sql, Func<DbDataReader, (bool Rebuilding, T? Listed)> read, CancellationToken cancellationToken)
        where T : class =>
        DocumentListRows.Listed(await readers.ReadAsync(
            sql.Text, [.. sql.Values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)],
            reader => read(reader), cancellationToken));
}
