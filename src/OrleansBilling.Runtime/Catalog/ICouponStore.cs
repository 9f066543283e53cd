using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Coupons and who redeemed them. A redemption is reserved before the subscription's command runs and given back when
/// that is refused, so that a limit is never exceeded; asking twice for one subscription takes one redemption.
/// </summary>
public interface ICouponStore
{
    /// <summary>Adds a coupon; false when its id is taken, or its code within the seller.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<bool> AddAsync(Coupon coupon, CancellationToken cancellationToken);

    /// <summary>The coupon, or null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Coupon?> FindAsync(string couponId, CancellationToken cancellationToken);

    /// <summary>The seller's coupon with this code, whatever its case, or null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Coupon?> FindByCodeAsync(string sellerId, string code, CancellationToken cancellationToken);

    /// <summary>How many subscriptions have redeemed it.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<int> CountRedemptionsAsync(string couponId, CancellationToken cancellationToken);

    /// <summary>Takes one of the coupon's <paramref name="redemptionsMax"/> redemptions (null for any number) for a subscription.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<CouponReservation> ReserveAsync(
        string couponId, string subscriptionId, int? redemptionsMax, CancellationToken cancellationToken);

    /// <summary>Gives a redemption back.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask ReleaseAsync(string couponId, string subscriptionId, CancellationToken cancellationToken);
}

/// <summary>What became of a reservation.</summary>
public enum CouponReservation
{
    /// <summary>Taken now.</summary>
    Reserved,

    /// <summary>This subscription had taken one before.</summary>
    AlreadyReserved,

    /// <summary>None is left.</summary>
    Exhausted,
}
