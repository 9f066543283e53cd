using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The list of invoices on SQLite.</summary>
internal sealed class SqliteInvoiceList(SqliteReaders readers) : IInvoiceList
{
    public async ValueTask<IReadOnlyList<ListedInvoice>?> ListAsync(
        InvoiceFilter filter, InvoiceMark? after, int limit, CancellationToken cancellationToken)
    {
        var sql = InvoiceListSql.Of(filter, after, limit);
        var rows = await readers.ReadAsync(
            sql.Text, [.. sql.Values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)], InvoiceListSql.ReadRow,
            cancellationToken);
        return rows[0].Rebuilding ? null : [.. rows.Where(row => row.Listed is not null).Select(row => row.Listed!.Value)];
    }
}
