using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>The list of invoices on PostgreSQL.</summary>
internal sealed class PostgresInvoiceList(PooledCalls pool) : IInvoiceList
{
    public async ValueTask<IReadOnlyList<ListedInvoice>?> ListAsync(
        InvoiceFilter filter, InvoiceMark? after, int limit, CancellationToken cancellationToken)
    {
        var sql = InvoiceListSql.Of(filter, after, limit);
        var rows = await pool.ReadAsync(sql.Text, [.. sql.Values.Select(SqlParameters.Of)], ReadRow, cancellationToken);
        return rows[0].Rebuilding ? null : [.. rows.Where(row => row.Listed is not null).Select(row => row.Listed!.Value)];
    }

    private static (bool Rebuilding, ListedInvoice? Listed) ReadRow(NpgsqlDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new ListedInvoice(
                new BilledInvoice(
                    reader.GetString(1), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetBoolean(7),
                    InvoiceCodec.Decode(reader.GetFieldValue<byte[]>(9))),
                reader.IsDBNull(10) ? null : reader.GetInt64(10)));
}
