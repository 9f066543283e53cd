using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Coupons and their redemptions. The single writer serializes them.</summary>
internal sealed class SqliteCoupons(SqliteWriter writer, SqliteReaders readers) : ICouponStore
{
    private const string AddSql =
        "insert into coupon (id, data, seller_id, code, created_at) values ($1, $2, $3, lower($4), $5) on conflict do nothing";


    /// <summary>
    /// Codes are stored in lower case. A code stored in its original case dates from when codes were case-sensitive, and would otherwise
    /// collide with another code.
    /// </summary>
    private const string FindByCodeSql =
        "select data, archived_at from coupon where seller_id = $1 and code in ($2, lower($2)) order by code = $2 desc limit 1";

    private const string CountSql = "select redeemed from coupon where id = $1";
    private const string CountSomeSql = "select id, redeemed from coupon where id in (select value from json_each($1))";
    private const string FindRedemptionSql = "select 1 from coupon_redemption where coupon_id = $1 and subscription_id = $2";
    private const string ReserveSql = "insert into coupon_redemption (coupon_id, subscription_id) values ($1, $2)";
    private const string ReleaseSql = "delete from coupon_redemption where coupon_id = $1 and subscription_id = $2";
    private const string CountUpSql = "update coupon set redeemed = redeemed + 1 where id = $1";
    private const string CountDownSql = "update coupon set redeemed = redeemed - 1 where id = $1";

    public ValueTask<bool> AddAsync(Coupon coupon, CancellationToken cancellationToken) => AddAsync(coupon, null, cancellationToken);

    public ValueTask<bool> AddAsync(Coupon coupon, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(coupon, (Instant?)createdAt, cancellationToken);

    private ValueTask<bool> AddAsync(Coupon coupon, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            writer.Write(statements => statements.Write(
                AddSql, coupon.Id, CatalogJson.Write(coupon), coupon.SellerId, coupon.Code, createdAt?.ToUnixTimeMilliseconds())) == 1);
    }

    public async ValueTask<Coupon?> FindByCodeAsync(string sellerId, string code, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            FindByCodeSql, [sellerId, code],
            static reader => CatalogJson.AsRedeemable(
                CatalogJson.ReadCoupon(reader.GetString(0)), reader.IsDBNull(1) ? null : SqliteJournal.ReadInstant(reader, 1)),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<int> CountRedemptionsAsync(string couponId, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(CountSql, [couponId], ReadCount, cancellationToken);
        return rows.Count == 0 ? 0 : rows[0];
    }

    public async ValueTask<IReadOnlyDictionary<string, int>> CountRedemptionsAsync(
        IReadOnlyCollection<string> couponIds, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            CountSomeSql, [JsonSerializer.Serialize(couponIds)], static reader => (Id: reader.GetString(0), Count: reader.GetInt32(1)),
            cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Count, StringComparer.Ordinal);
    }

    public ValueTask<CouponReservation> ReserveAsync(
        string couponId, string subscriptionId, int? redemptionsMax, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements => Reserve(statements, couponId, subscriptionId, redemptionsMax)));
    }

    public ValueTask ReleaseAsync(string couponId, string subscriptionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(
            statements => statements.Write(ReleaseSql, couponId, subscriptionId) == 0 ? 0 : statements.Write(CountDownSql, couponId));
        return ValueTask.CompletedTask;
    }

    private static CouponReservation Reserve(SqliteStatements statements, string couponId, string subscriptionId, int? redemptionsMax)
    {
        var counts = statements.Read(CountSql, [couponId], ReadCount);
        if (counts.Count == 0) throw CatalogJson.MissingCoupon(couponId);
        if (statements.Read(FindRedemptionSql, [couponId, subscriptionId], ReadCount).Count == 1) return CouponReservation.AlreadyReserved;
        if (counts[0] >= redemptionsMax) return CouponReservation.Exhausted;
        statements.Write(ReserveSql, couponId, subscriptionId);
        statements.Write(CountUpSql, couponId);
        return CouponReservation.Reserved;
    }

    private static int ReadCount(SqliteDataReader reader) => reader.GetInt32(0);
}
