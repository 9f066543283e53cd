using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads the number of catalog entries per seller. Triggers maintain it.</summary>
internal sealed class SqliteCatalogCounts(SqliteReaders readers) : ICatalogCounts
{
    private const string CountSql = "select entries from seller_catalog where seller_id = $1 and kind = $2";

    public async ValueTask<long> CountAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            CountSql, [sellerId, StoredNames.Of(kind)], static reader => reader.GetInt64(0), cancellationToken);
        return rows.Count == 0 ? 0 : rows[0];
    }
}
