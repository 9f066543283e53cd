using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Products, plans and offer versions. An offer's row repeats its product and seller because statistics group by them.</summary>
internal sealed class SqliteCatalog(SqliteWriter writer, SqliteReaders readers) : ICatalogStore
{
    private const string AddProductSql = "insert into product (id, seller_id, data) values ($1, $2, $3) on conflict do nothing";
    private const string AddPlanSql = "insert into plan (id, product_id, data) values ($1, $2, $3) on conflict do nothing";

    private const string AddOfferSql =
        """
        insert into offer (id, plan_id, product_id, seller_id, currency)
        select $1, pl.id, pr.id, pr.seller_id, $3 from plan as pl join product as pr on pr.id = pl.product_id where pl.id = $2
        on conflict do nothing
        """;

    private const string AddVersionSql =
        "insert into offer_version (id, version, amount, data) values ($1, $2, $3, $4) on conflict do nothing";
    private const string FindProductSql = "select data from product where id = $1";
    private const string FindPlanSql = "select data from plan where id = $1";

    private const string FindOfferSql =
        """
        select o.id, v.version, o.plan_id, v.amount, o.currency, v.data
        from offer as o join offer_version as v on v.id = o.id
        where o.id = $1 and ($2 is null or v.version = $2)
        order by v.version desc limit 1
        """;

    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Add(
            statements => statements.Write(AddProductSql, product.Id, product.SellerId, CatalogJson.Write(product)), cancellationToken);
    }

    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Add(statements => statements.Write(AddPlanSql, plan.Id, plan.ProductId, CatalogJson.Write(plan)), cancellationToken);
    }

    public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return Add(
            statements =>
            {
                statements.Write(AddOfferSql, offer.Id, offer.PlanId, offer.Currency);
                return statements.Write(AddVersionSql, offer.Id, offer.Version, offer.Amount, CatalogJson.WriteExtras(offer));
            },
            cancellationToken);
    }

    public async ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            FindProductSql, [productId], static reader => CatalogJson.ReadProduct(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            FindPlanSql, [planId], static reader => CatalogJson.ReadPlan(reader.GetString(0)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(FindOfferSql, [offerId, version], ReadOffer, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private ValueTask<bool> Add(Func<SqliteStatements, int> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(writer.Write(write) == 1);
        }
        catch (SqliteException exception) when (SqliteFaults.IsForeignKey(exception))
        {
            throw CatalogJson.MissingParent(exception);
        }
    }

    private static Offer ReadOffer(SqliteDataReader reader) => CatalogJson.WithExtras(
        new Offer(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4)),
        reader.GetString(5));
}
