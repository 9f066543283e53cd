using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// Coupons and their redemptions. Redemptions of a coupon with a limit are serialized by a lock on its row. Those of other coupons do
/// not wait for each other.
/// </summary>
internal sealed class PostgresCoupons(PooledCalls pool) : ICouponStore
{
    private const string AddSql =
        "insert into coupon (id, data, seller_id, code, created_at) values ($1, $2, $3, lower($4), $5) on conflict do nothing";


    /// <summary>
    /// Codes are stored in lower case. A code stored in its original case dates from when codes were case-sensitive, and would otherwise
    /// collide with another code.
    /// </summary>
    private const string FindByCodeSql =
        "select data, archived_at from coupon where seller_id = $1 and code in ($2, lower($2)) order by code = $2 desc limit 1";

    private const string CountSql = "select count(*)::integer from coupon_redemption where coupon_id = $1";
    private const string CountSomeSql =
        "select coupon_id, count(*)::integer from coupon_redemption where coupon_id = any($1) group by coupon_id";

    private const string LockSql = "select 1 from coupon where id = $1 for no key update";

    private const string ReserveSql =
        """
        with reserved as (
          insert into coupon_redemption (coupon_id, subscription_id) select id, $2 from coupon where id = $1
          on conflict do nothing
          returning coupon_id
        )
        select exists (select from reserved), true from coupon where id = $1
        """;

    private const string ReserveOfLimitedSql =
        """
        with counted as (
          update coupon set redeemed = redeemed + 1
          where id = $1 and redeemed < $3
            and not exists (select from coupon_redemption where coupon_id = $1 and subscription_id = $2)
          returning id
        ),
        reserved as (
          insert into coupon_redemption (coupon_id, subscription_id) select id, $2 from counted
        )
        select exists (select from counted), exists (select from coupon_redemption where coupon_id = $1 and subscription_id = $2)
        from coupon where id = $1
        """;

    /// <summary>A coupon without a limit keeps its count at zero.</summary>
    private const string ReleaseSql =
        """
        with released as (
          delete from coupon_redemption where coupon_id = $1 and subscription_id = $2 returning coupon_id
        )
        update coupon set redeemed = redeemed - 1 where id in (select coupon_id from released) and redeemed > 0
        """;

    public ValueTask<bool> AddAsync(Coupon coupon, CancellationToken cancellationToken) => AddAsync(coupon, null, cancellationToken);

    public ValueTask<bool> AddAsync(Coupon coupon, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(coupon, (Instant?)createdAt, cancellationToken);

    private async ValueTask<bool> AddAsync(Coupon coupon, Instant? createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        NpgsqlParameter[] parameters =
            [Text(coupon.Id), Json(CatalogJson.Write(coupon)), Text(coupon.SellerId), Text(coupon.Code), At(createdAt)];
        return await pool.WriteAsync(AddSql, parameters, cancellationToken) == 1;
    }

    public async ValueTask<Coupon?> FindByCodeAsync(string sellerId, string code, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            FindByCodeSql, [Text(sellerId), Text(code)],
            static reader => CatalogJson.AsRedeemable(
                CatalogJson.ReadCoupon(reader.GetString(0)), reader.IsDBNull(1) ? null : ReadInstant(reader, 1)),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<int> CountRedemptionsAsync(string couponId, CancellationToken cancellationToken) =>
        (await pool.ReadAsync(CountSql, [Text(couponId)], static reader => reader.GetInt32(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyDictionary<string, int>> CountRedemptionsAsync(
        IReadOnlyCollection<string> couponIds, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            CountSomeSql, [Texts([.. couponIds])], static reader => (Id: reader.GetString(0), Count: reader.GetInt32(1)),
            cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Count, StringComparer.Ordinal);
    }

    public async ValueTask<CouponReservation> ReserveAsync(
        string couponId, string subscriptionId, int? redemptionsMax, CancellationToken cancellationToken)
    {
        var rows = redemptionsMax is { } max
            ? await pool.WriteLockedAsync(
                LockSql, [Text(couponId)], ReserveOfLimitedSql, [Text(couponId), Text(subscriptionId), Integer(max)], ReadReservation,
                cancellationToken)
            : await pool.WriteAsync(ReserveSql, [Text(couponId), Text(subscriptionId)], ReadReservation, cancellationToken);
        return rows.Count == 1 ? rows[0] : throw CatalogJson.MissingCoupon(couponId);
    }

    public async ValueTask ReleaseAsync(string couponId, string subscriptionId, CancellationToken cancellationToken) =>
        await pool.WriteAsync(ReleaseSql, [Text(couponId), Text(subscriptionId)], cancellationToken);

    /// <summary>The columns: whether it was reserved now, and whether it had been reserved before.</summary>
    private static CouponReservation ReadReservation(NpgsqlDataReader reader)
    {
        if (reader.GetBoolean(0)) return CouponReservation.Reserved;
        return reader.GetBoolean(1) ? CouponReservation.AlreadyReserved : CouponReservation.Exhausted;
    }
}
