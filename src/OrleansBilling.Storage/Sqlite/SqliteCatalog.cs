using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Products, plans and offer versions. An offer's row repeats its product and seller because statistics group by them.</summary>
internal sealed class SqliteCatalog(SqliteWriter writer, SqliteReaders readers) : ICatalogStore
{
    private const string AddProductSql =
        "insert into product (id, seller_id, data, created_at) values ($1, $2, $3, $4) on conflict do nothing";

    private const string AddPlanSql = "insert into plan (id, product_id, data, created_at) values ($1, $2, $3, $4) on conflict do nothing";

    private const string AddOfferSql =
        """
        insert into offer (id, plan_id, product_id, seller_id, currency, created_at)
        select $1, pl.id, pr.id, pr.seller_id, $3, $4 from plan as pl join product as pr on pr.id = pl.product_id where pl.id = $2
        on conflict do nothing
        """;

    private const string AddVersionSql =
        "insert into offer_version (id, version, amount, data) values ($1, $2, $3, $4) on conflict do nothing";
    private const string FindProductSql = "select data from product where id = $1";
    private const string FindPlanSql = "select data from plan where id = $1";

    private const string FindArchivedSql =
        """
        select o.archived_at is not null, pl.archived_at is not null, pr.archived_at is not null
        from offer as o join plan as pl on pl.id = o.plan_id join product as pr on pr.id = o.product_id
        where o.id = $1
        """;

    private const string FindEditedSql =
        """
        select id from product where edited_at >= unixepoch() - $1
        union select id from plan where edited_at >= unixepoch() - $1
        limit $2
        """;

    private const string FindOfferSql =
        """
        select o.id, v.version, o.plan_id, v.amount, o.currency, v.data
        from offer as o join offer_version as v on v.id = o.id
        where o.id = $1 and ($2 is null or v.version = $2)
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

    private ValueTask<bool> AddAsync(Product product, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Add(
            statements => statements.Write(
                AddProductSql, product.Id, product.SellerId, CatalogJson.Write(product), createdAt?.ToUnixTimeMilliseconds()),
            cancellationToken);
    }

    private ValueTask<bool> AddAsync(Plan plan, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Add(
            statements => statements.Write(
                AddPlanSql, plan.Id, plan.ProductId, CatalogJson.Write(plan), createdAt?.ToUnixTimeMilliseconds()),
            cancellationToken);
    }

    private ValueTask<bool> AddAsync(Offer offer, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return Add(
            statements =>
            {
                statements.Write(AddOfferSql, offer.Id, offer.PlanId, offer.Currency, createdAt?.ToUnixTimeMilliseconds());
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

    public async ValueTask<ArchivedPart?> FindArchivedPartAsync(string offerId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            FindArchivedSql, [offerId],
            static reader => CatalogJson.ArchivedPartOf(reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2)),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<string>> FindEditedAsync(int seconds, int limit, CancellationToken cancellationToken) =>
        await readers.ReadAsync(FindEditedSql, [seconds, limit], static reader => reader.GetString(0), cancellationToken);

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
