using Npgsql;
using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Sellers;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresSellers(PooledCalls pool) : ISellerStore
{
    public async ValueTask<SellerProfile?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            SellerSql.Find, [Text(id)], static reader => SellerJson.Read(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<bool> SaveAsync(SellerProfile seller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seller);
        var sql = seller.Revision == 1 ? SellerSql.Add : SellerSql.Replace;
        return await pool.WriteAsync(
            sql, [Text(seller.Id), Integer(seller.Revision), Text(SellerJson.Write(seller))], cancellationToken) == 1;
    }

    public async ValueTask<StoredLogo?> FindLogoAsync(string sellerId, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(SellerSql.FindLogo, [Text(sellerId)], SellerSql.ReadLogo, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<int?> SaveLogoAsync(string sellerId, SellerLogo? logo, long? expected, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] values =
        [
            Text(sellerId), Integer(logo?.Width ?? 0), Integer(logo?.Height ?? 0), MaybeBytes(logo?.Png.ToArray()), MaybeLong(expected),
        ];
        var rows = await pool.WriteAsync(SellerSql.SaveLogo, values, static reader => reader.GetInt32(0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}
