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
}
