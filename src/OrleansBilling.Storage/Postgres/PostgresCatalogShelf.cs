using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Lists and edits the catalog. An edit replaces a row if its revision is still the one that was read.</summary>
internal sealed class PostgresCatalogShelf(PooledCalls pool) : ICatalogShelf
{
    private const string ReplaceProductSql =
        """
        update product set data = $2, archived_at = $3, revision = $4, edited_at = clock_timestamp() where id = $1 and revision = $4 - 1
        """;

    private const string ReplacePlanSql =
        "update plan set data = $2, archived_at = $3, revision = $4, edited_at = clock_timestamp() where id = $1 and revision = $4 - 1";

    private const string ReplaceCouponSql =
        "update coupon set data = $2, archived_at = $3, revision = $4 where id = $1 and revision = $4 - 1";

    private const string ArchiveOfferSql =
        "update offer set archived_at = $2 where id = $1 and (archived_at is null) <> ($2::timestamptz is null)";

    /// <summary>The newest version is the last row of each offer in the primary key.</summary>
    internal static CatalogTable Offers { get; } = new(
        "offer", CatalogTable.OfferColumns,
        "cross join lateral (select data, amount, version from offer_version where id = t.id order by version desc limit 1) as v");

    public async ValueTask<IReadOnlyList<Shelved<Product>>> ListProductsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        await ListAsync(CatalogTable.Products, filter, afterId, limit, ReadProduct, cancellationToken);

    public async ValueTask<IReadOnlyList<Shelved<Plan>>> ListPlansAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        await ListAsync(CatalogTable.Plans, filter, afterId, limit, ReadPlan, cancellationToken);

    public async ValueTask<IReadOnlyList<Shelved<Offer>>> ListOffersAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        await ListAsync(Offers, filter, afterId, limit, ReadOffer, cancellationToken);

    public async ValueTask<IReadOnlyList<Shelved<Coupon>>> ListCouponsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        await ListAsync(CatalogTable.Coupons, filter, afterId, limit, ReadCoupon, cancellationToken);

    public ValueTask<Shelved<Product>?> FindProductAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Products, id, ReadProduct, cancellationToken);

    public ValueTask<Shelved<Plan>?> FindPlanAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Plans, id, ReadPlan, cancellationToken);

    public ValueTask<Shelved<Offer>?> FindOfferAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(Offers, id, ReadOffer, cancellationToken);

    public ValueTask<Shelved<Coupon>?> FindCouponAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Coupons, id, ReadCoupon, cancellationToken);

    public ValueTask<bool> ReplaceAsync(Shelved<Product> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(ReplaceProductSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public ValueTask<bool> ReplaceAsync(Shelved<Plan> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(ReplacePlanSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public ValueTask<bool> ReplaceAsync(Shelved<Coupon> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(ReplaceCouponSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public async ValueTask ArchiveOfferAsync(string id, Instant? archivedAt, CancellationToken cancellationToken) =>
        await pool.WriteAsync(ArchiveOfferSql, [Text(id), At(archivedAt)], cancellationToken);

    private async ValueTask<bool> ReplaceAsync<T>(
        string sql, string id, string json, Shelved<T> next, CancellationToken cancellationToken) =>
        await pool.WriteAsync(sql, [Text(id), Json(json), At(next.ArchivedAt), Integer(next.Revision)], cancellationToken) == 1;

    private async ValueTask<IReadOnlyList<Shelved<T>>> ListAsync<T>(
        CatalogTable table, CatalogFilter filter, string? afterId, int limit, Func<NpgsqlDataReader, Shelved<T>> read,
        CancellationToken cancellationToken)
    {
        var sql = CatalogListSql.Of(table, filter, afterId, limit);
        return await pool.ReadAsync(sql.Text, [.. sql.Values.Select(ParameterOf)], read, cancellationToken);
    }

    private async ValueTask<Shelved<T>?> FindAsync<T>(
        CatalogTable table, string id, Func<NpgsqlDataReader, Shelved<T>> read, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(table.FindSql, [Text(id)], read, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private static NpgsqlParameter ParameterOf(object value) => value switch
    {
        string text => Text(text),
        int number => Integer(number),
        Instant at => At(at),
        _ => throw new InvalidOperationException($"{value.GetType()} is no parameter of a list."),
    };

    private static Shelved<Product> ReadProduct(NpgsqlDataReader reader) => Read(reader, CatalogJson.ReadProduct(reader.GetString(0)));

    private static Shelved<Plan> ReadPlan(NpgsqlDataReader reader) => Read(reader, CatalogJson.ReadPlan(reader.GetString(0)));

    private static Shelved<Coupon> ReadCoupon(NpgsqlDataReader reader) => Read(reader, CatalogJson.ReadCoupon(reader.GetString(0)));

    private static Shelved<Offer> ReadOffer(NpgsqlDataReader reader) => Read(
        reader,
        CatalogJson.WithExtras(
            new Offer(reader.GetString(4), reader.GetInt32(3), reader.GetString(5), reader.GetInt64(6), reader.GetString(7)),
            reader.GetString(0)));

    private static Shelved<T> Read<T>(NpgsqlDataReader reader, T entry) =>
        new(entry, InstantOf(reader, 1), InstantOf(reader, 2), reader.GetInt32(3));

    private static Instant? InstantOf(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : ReadInstant(reader, ordinal);
}
