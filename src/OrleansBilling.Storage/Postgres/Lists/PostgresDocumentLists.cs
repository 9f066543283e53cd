using System.Data.Common;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>The lists of entries of balances, of credit notes and of chargebacks on PostgreSQL.</summary>
internal sealed class PostgresDocumentLists(PooledCalls pool) : IBalanceEntryList, ICreditNoteList, IChargebackList
{
    private static readonly DocumentListRows Rows = new(
        static (reader, ordinal) => SqlParameters.ReadInstant((NpgsqlDataReader)reader, ordinal));

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
        DocumentListRows.Listed(await pool.ReadAsync(
            sql.Text, [.. sql.Values.Select(SqlParameters.Of)], reader => read(reader), cancellationToken));
}
