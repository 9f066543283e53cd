using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>The list of invoices on PostgreSQL.</summary>
internal sealed class PostgresInvoiceList(PooledCalls pool) : IInvoiceList
{
    public async ValueTask<IReadOnlyList<ListedInvoice>?> ListAsync(
        InvoiceFilter filter, InvoiceMark? after, int limit, CancellationToken cancellationToken)
    {
        var sql = InvoiceListSql.Of(filter, after, limit);
        var rows = await pool.ReadAsync(sql.Text, [.. sql.Values.Select(SqlParameters.Of)], InvoiceListSql.ReadRow, cancellationToken);
        return rows[0].Rebuilding ? null : [.. rows.Where(row => row.Listed is not null).Select(row => row.Listed!.Value)];
    }
}
