using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Storage.Sellers;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteSellers(SqliteWriter writer, SqliteReaders readers) : ISellerStore
{
    public async ValueTask<SellerProfile?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            SellerSql.Find, [id], static reader => SellerJson.Read(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask<bool> SaveAsync(SellerProfile seller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seller);
        cancellationToken.ThrowIfCancellationRequested();
        var sql = seller.Revision == 1 ? SellerSql.Add : SellerSql.Replace;
        return ValueTask.FromResult(
            writer.Write(statements => statements.Write(sql, seller.Id, seller.Revision, SellerJson.Write(seller))) == 1);
    }

    public async ValueTask<StoredLogo?> FindLogoAsync(string sellerId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(SellerSql.FindLogo, [sellerId], SellerSql.ReadLogo, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask<int?> SaveLogoAsync(string sellerId, SellerLogo? logo, long? expected, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        object?[] values = [sellerId, logo?.Width ?? 0, logo?.Height ?? 0, logo?.Png.ToArray(), expected];
        var rows = writer.Write(statements => statements.Read(SellerSql.SaveLogo, values, static reader => reader.GetInt32(0)));
        return ValueTask.FromResult<int?>(rows.Count == 0 ? null : rows[0]);
    }
}
