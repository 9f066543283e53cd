using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Products, plans and offer versions. An offer's row repeats its product and seller because statistics group by them.</summary>
internal sealed class PostgresCatalog(PooledCalls pool) : ICatalogStore
{
    private const string AddProductSql =
        "insert into product (id, seller_id, data, created_at) values ($1, $2, $3, $4) on conflict do nothing";

    private const string AddPlanSql = "insert into plan (id, product_id, data, created_at) values ($1, $2, $3, $4) on conflict do nothing";

    private const string AddOfferSql =
        """
        with offer_added as (
          insert into offer (id, plan_id, product_id, seller_id, currency, created_at)
          select $1, pl.id, pr.id, pr.seller_id, $4, $7 from plan as pl join product as pr on pr.id = pl.product_id where pl.id = $3
          on conflict do nothing
        )
        insert into offer_version (id, version, amount, data) values ($1, $2, $5, $6) on conflict do nothing
        """;

    private const string FindProductSql = "select data from product where id = $1";
    private const string FindPlanSql = "select data from plan where id = $1";

    private const string FindArchivedSql =
        """
        select o.archived_at is not null, pl.archived_at is not null, pr.archived_at is not null
        from offer as o join plan as pl on pl.id = o.plan_id join product as pr on pr.id = o.product_id
        where o.id = $1
        """;

    internal const string FindEditedSql =
        """
        select id from product where edited_at > clock_timestamp() - $1 * interval '1 second'
        union select id from plan where edited_at > clock_timestamp() - $1 * interval '1 second'
        limit $2
        """;

    private const string FindOfferSql =
        """
        select o.id, v.version, o.plan_id, v.amount, o.currency, v.data
        from offer as o join offer_version as v on v.id = o.id
        where o.id = $1 and ($2::integer is null or v.version = $2)
        order by v.version desc limit 1
        """;

    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => AddAsync(product, null, cancellationToken);

    public ValueTask<bool> AddAsync(Product product, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(product, (Instant?)createdAt, cancellationToken);

    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => AddAsync(plan, null, cancellationToken);

    public ValueTask<bool> AddAsync(Plan plan, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(plan, (Instant?)createdAt, cancellationToken);

    public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => AddAsync(offer, null, cancellationToken);

    public ValueTask<bool> AddAsync(Offer offer, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(offer, (Instant?)createdAt, cancellationToken);

    private async ValueTask<bool> AddAsync(Product product, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        NpgsqlParameter[] parameters = [Text(product.Id), Text(product.SellerId), Json(CatalogJson.Write(product)), At(createdAt)];
        return await WriteAsync(AddProductSql, parameters, cancellationToken) == 1;
    }

    private async ValueTask<bool> AddAsync(Plan plan, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        NpgsqlParameter[] parameters = [Text(plan.Id), Text(plan.ProductId), Json(CatalogJson.Write(plan)), At(createdAt)];
        return await WriteAsync(AddPlanSql, parameters, cancellationToken) == 1;
    }

    private async ValueTask<bool> AddAsync(Offer offer, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        NpgsqlParameter[] parameters =
            [Text(offer.Id), Integer(offer.Version), Text(offer.PlanId), Text(offer.Currency), Long(offer.Amount),
                Json(CatalogJson.WriteExtras(offer)), At(createdAt)];
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

    public async ValueTask<ArchivedPart?> FindArchivedPartAsync(string offerId, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            FindArchivedSql, [Text(offerId)],
            static reader => CatalogJson.ArchivedPartOf(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2)),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<string>> FindEditedAsync(int seconds, int limit, CancellationToken cancellationToken) =>
        await pool.ReadAsync(FindEditedSql, [Integer(seconds), Integer(limit)], static reader => reader.GetString(0), cancellationToken);

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
