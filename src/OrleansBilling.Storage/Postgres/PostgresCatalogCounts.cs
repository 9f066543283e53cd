using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Reads the number of catalog entries per seller. Triggers maintain it.</summary>
internal sealed class PostgresCatalogCounts(PooledCalls pool) : ICatalogCounts
{
    private const string CountSql = "select entries from seller_catalog where seller_id = $1 and kind = $2";

    public async ValueTask<long> CountAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            CountSql, [Text(sellerId), Text(StoredNames.Of(kind))], static reader => reader.GetInt64(0), cancellationToken);
        return rows.Count == 0 ? 0 : rows[0];
    }
}
