using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Products, plans and offer versions. An offer's row repeats its product and seller because statistics group by them.</summary>
internal sealed class PostgresCatalog(PooledCalls pool) : ICatalogStore
{
    private const string AddProductSql = "insert into product (id, seller_id, data) values ($1, $2, $3) on conflict do nothing";
    private const string AddPlanSql = "insert into plan (id, product_id, data) values ($1, $2, $3) on conflict do nothing";

    private const string AddOfferSql =
        """
        with offer_added as (
          insert into offer (id, plan_id, product_id, seller_id, currency)
          select $1, pl.id, pr.id, pr.seller_id, $4 from plan as pl join product as pr on pr.id = pl.product_id where pl.id = $3
          on conflict do nothing
        )
        insert into offer_version (id, version, amount, data) values ($1, $2, $5, $6) on conflict do nothing
        """;

    private const string FindProductSql = "select data from product where id = $1";
    private const string FindPlanSql = "select data from plan where id = $1";

    private const string FindOfferSql =
        """
        select o.id, v.version, o.plan_id, v.amount, o.currency, v.data
        from offer as o join offer_version as v on v.id = o.id
        where o.id = $1 and ($2::integer is null or v.version = $2)
        order by v.version desc limit 1
        """;

    public async ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        return await WriteAsync(
            AddProductSql, [Text(product.Id), Text(product.SellerId), Json(CatalogJson.Write(product))], cancellationToken) == 1;
    }

    public async ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return await WriteAsync(AddPlanSql, [Text(plan.Id), Text(plan.ProductId), Json(CatalogJson.Write(plan))], cancellationToken) == 1;
    }

    public async ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        NpgsqlParameter[] parameters =
            [Text(offer.Id), Integer(offer.Version), Text(offer.PlanId), Text(offer.Currency), Long(offer.Amount),
                Json(CatalogJson.WriteExtras(offer))];
        return await WriteAsync(AddOfferSql, parameters, cancellationToken) == 1;
    }

    public async ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            FindProductSql, [Text(productId)], static reader => CatalogJson.ReadProduct(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            FindPlanSql, [Text(planId)], static reader => CatalogJson.ReadPlan(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(FindOfferSql, [Text(offerId), Integer(version)], ReadOffer, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private async Task<int> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.WriteAsync(sql, parameters, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw CatalogJson.MissingParent(exception);
        }
    }

    private static Offer ReadOffer(NpgsqlDataReader reader) => CatalogJson.WithExtras(
        new Offer(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4)),
        reader.GetString(5));
}
