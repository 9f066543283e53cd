using System.Data.Common;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage;

/// <summary>
/// Lists and edits the catalog on either database. An edit is stored only if nobody edited the row since it was read.
/// </summary>
/// <param name="offers">How offers are read in their newest version.</param>
/// <param name="now">The present of the database, in its SQL.</param>
internal abstract class CatalogShelf(CatalogTable offers, string now) : ICatalogShelf
{
    private readonly string replaceProductSql = ReplaceSql("product", $", edited_at = {now}");
    private readonly string replacePlanSql = ReplaceSql("plan", $", edited_at = {now}");
    private readonly string replaceCouponSql = ReplaceSql("coupon", "");

    public ValueTask<IReadOnlyList<Shelved<Product>>> ListProductsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        ListAsync(CatalogTable.Products, filter, afterId, limit, ReadProduct, cancellationToken);

    public ValueTask<IReadOnlyList<Shelved<Plan>>> ListPlansAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        ListAsync(CatalogTable.Plans, filter, afterId, limit, ReadPlan, cancellationToken);

    public ValueTask<IReadOnlyList<Shelved<Offer>>> ListOffersAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        ListAsync(offers, filter, afterId, limit, ReadOffer, cancellationToken);

    public ValueTask<IReadOnlyList<Shelved<Coupon>>> ListCouponsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
        ListAsync(CatalogTable.Coupons, filter, afterId, limit, ReadCoupon, cancellationToken);

    public ValueTask<Shelved<Product>?> FindProductAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Products, id, ReadProduct, cancellationToken);

    public ValueTask<Shelved<Plan>?> FindPlanAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Plans, id, ReadPlan, cancellationToken);

    public ValueTask<Shelved<Offer>?> FindOfferAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(offers, id, ReadOffer, cancellationToken);

    public ValueTask<Shelved<Coupon>?> FindCouponAsync(string id, CancellationToken cancellationToken) =>
        FindAsync(CatalogTable.Coupons, id, ReadCoupon, cancellationToken);

    public ValueTask<bool> ReplaceAsync(Shelved<Product> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(replaceProductSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public ValueTask<bool> ReplaceAsync(Shelved<Plan> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(replacePlanSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public ValueTask<bool> ReplaceAsync(Shelved<Coupon> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        return ReplaceAsync(replaceCouponSql, next.Entry.Id, CatalogJson.Write(next.Entry), next, cancellationToken);
    }

    public abstract ValueTask ArchiveOfferAsync(string id, Instant? archivedAt, CancellationToken cancellationToken);

    /// <summary>Reads rows. A value is a text, an integer or an instant.</summary>
    protected abstract ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object> values, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>Writes a row: its id, content, when archived, and the new revision. Returns the number of rows written.</summary>
    protected abstract ValueTask<int> WriteAsync(
        string sql, string id, string json, Instant? archivedAt, int revision, CancellationToken cancellationToken);

    protected abstract Instant ReadInstant(DbDataReader reader, int ordinal);

    private static string ReplaceSql(string table, string more) =>
        $"update {table} set data = $2, archived_at = $3, revision = $4{more} where id = $1 and revision = $4 - 1";

    private ValueTask<IReadOnlyList<Shelved<T>>> ListAsync<T>(
        CatalogTable table, CatalogFilter filter, string? afterId, int limit, Func<DbDataReader, Shelved<T>> read,
        CancellationToken cancellationToken)
    {
        var sql = CatalogListSql.Of(table, filter, afterId, limit);
        return ReadAsync(sql.Text, sql.Values, read, cancellationToken);
    }

    private async ValueTask<Shelved<T>?> FindAsync<T>(
        CatalogTable table, string id, Func<DbDataReader, Shelved<T>> read, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(table.FindSql, [id], read, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private async ValueTask<bool> ReplaceAsync<T>(
        string sql, string id, string json, Shelved<T> next, CancellationToken cancellationToken) =>
        await WriteAsync(sql, id, json, next.ArchivedAt, next.Revision, cancellationToken) == 1;

    private Shelved<Product> ReadProduct(DbDataReader reader) => Read(reader, CatalogJson.ReadProduct(reader.GetString(0)));

    private Shelved<Plan> ReadPlan(DbDataReader reader) => Read(reader, CatalogJson.ReadPlan(reader.GetString(0)));

    private Shelved<Coupon> ReadCoupon(DbDataReader reader) => Read(reader, CatalogJson.ReadCoupon(reader.GetString(0)));

    private Shelved<Offer> ReadOffer(DbDataReader reader) => Read(
        reader,
        CatalogJson.WithExtras(
            new Offer(reader.GetString(4), reader.GetInt32(3), reader.GetString(5), reader.GetInt64(6), reader.GetString(7)),
            reader.GetString(0)));

    private Shelved<T> Read<T>(DbDataReader reader, T entry) => new(entry, MaybeAt(reader, 1), MaybeAt(reader, 2), reader.GetInt32(3));

    private Instant? MaybeAt(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : ReadInstant(reader, ordinal);
}
