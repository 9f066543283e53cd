using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Limits;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>
/// Limits guessing of coupon codes: after <see cref="MissesMax"/> failed tries no code of that customer is looked up until the
/// window is over. Sellers look among their own coupons and are not counted.
/// </summary>
public sealed class CouponGuesses(TimeProvider time)
{
    /// <summary>The failed tries that a customer may make within <see cref="Window"/>.</summary>
    public const int MissesMax = 10;

    /// <summary>The most customers tracked.</summary>
    public const int CustomersMax = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly Refusal TooMany = new(
        RefusalKind.TooMany, "too_many_coupon_guesses", "Ten codes failed within 15 minutes; try again later.", "coupon");

    private readonly GuessLimit<(string Id, string? SellerId)> limit = new(MissesMax, Window, CustomersMax, time);

    /// <summary>Counts a try; returns why it is not allowed, or null.</summary>
    public Refusal? Begin(Caller caller) => caller.Role != Role.Customer || limit.TryBegin(KeyOf(caller)) ? null : TooMany;

    /// <summary>Takes a try back: the code was good.</summary>
    public void Succeeded(Caller caller)
    {
        if (caller.Role == Role.Customer) limit.TakeBack(KeyOf(caller));
    }

    private static (string Id, string? SellerId) KeyOf(Caller caller) => (caller.Id, caller.SellerId);
}
