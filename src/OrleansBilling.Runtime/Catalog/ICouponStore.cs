using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Stores coupons and their redemptions. A redemption is reserved before the subscription's command runs, and released
/// if the command is refused, so a limit is never exceeded. Reserving twice for one subscription takes one redemption.
/// </summary>
public interface ICouponStore
{
    /// <summary>Adds a coupon; false when its id is taken, or when its code is taken within the seller.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> AddAsync(Coupon coupon, CancellationToken cancellationToken);

    /// <summary>As <see cref="AddAsync(Coupon, CancellationToken)"/>, and stores when it was created.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> AddAsync(Coupon coupon, Instant createdAt, CancellationToken cancellationToken) => AddAsync(coupon, cancellationToken);

    /// <summary>
    /// The seller's coupon with this code, ignoring case; null when there is none. If it is archived it cannot be redeemed from then on.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Coupon?> FindByCodeAsync(string sellerId, string code, CancellationToken cancellationToken);

    /// <summary>The number of subscriptions that have redeemed the coupon.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> CountRedemptionsAsync(string couponId, CancellationToken cancellationToken);

    /// <summary>The number of subscriptions that have redeemed each coupon. Coupons that nobody redeemed may be missing.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<string, int>> CountRedemptionsAsync(
        IReadOnlyCollection<string> couponIds, CancellationToken cancellationToken);

    /// <summary>
    /// Reserves one of the coupon's <paramref name="redemptionsMax"/> redemptions (null for no limit) for a
    /// subscription.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<CouponReservation> ReserveAsync(
        string couponId, string subscriptionId, int? redemptionsMax, CancellationToken cancellationToken);

    /// <summary>Releases a reserved redemption.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask ReleaseAsync(string couponId, string subscriptionId, CancellationToken cancellationToken);
}

/// <summary>The result of a reservation.</summary>
public enum CouponReservation
{
    /// <summary>The redemption is reserved now.</summary>
    Reserved,

    /// <summary>This subscription had already reserved one.</summary>
    AlreadyReserved,

    /// <summary>No redemption is left.</summary>
    Exhausted,
}
