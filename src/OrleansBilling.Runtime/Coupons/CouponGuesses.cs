using System.Collections.Concurrent;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>
/// Counts the coupon codes that each customer tries in vain, so that codes cannot be found by trying: after
/// <see cref="MissesMax"/> no more are looked up until the window is over. A try counts until it is known to have
/// succeeded, so that many at once win nothing. Sellers look among their own coupons and are not counted. Every process
/// counts for itself.
/// </summary>
public sealed class CouponGuesses(TimeProvider time)
{
    /// <summary>Codes that a customer may try in vain within <see cref="Window"/>.</summary>
    public const int MissesMax = 10;

    /// <summary>The most customers kept; beyond it those whose window is over go, and then all.</summary>
    public const int CustomersMax = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Id, string? SellerId), Tries> tries = new();

    private static readonly Refusal TooMany = new(
        RefusalKind.TooMany, "too_many_coupon_guesses", "Ten codes were tried in vain within 15 minutes; try again later.", "coupon");

    /// <summary>Counts a try; why it may not be made, or null.</summary>
    public Refusal? Begin(Caller caller)
    {
        if (caller.Role != Role.Customer) return null;
        if (tries.Count >= CustomersMax) Sweep();
        var now = time.GetTimestamp();
        var found = tries.AddOrUpdate(
            KeyOf(caller),
            static (_, now) => new Tries(1, now),
            (_, before, now) => IsOver(before, now) ? new Tries(1, now) : before with { Count = Math.Min(before.Count, MissesMax) + 1 },
            now);
        return found.Count <= MissesMax ? null : TooMany;
    }

    /// <summary>A try was no guess: the code was good.</summary>
    public void Succeeded(Caller caller)
    {
        if (caller.Role != Role.Customer) return;
        var tenant = KeyOf(caller);
        while (tries.TryGetValue(tenant, out var before) && before.Count > 0)
        {
            if (tries.TryUpdate(tenant, before with { Count = before.Count - 1 }, before)) return;
        }
    }

    private static (string Id, string? SellerId) KeyOf(Caller caller) => (caller.Id, caller.SellerId);

    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (tenant, found) in tries)
        {
            if (IsOver(found, now)) tries.TryRemove(tenant, out _);
        }

        if (tries.Count >= CustomersMax) tries.Clear();
    }

    private bool IsOver(Tries found, long now) => time.GetElapsedTime(found.Since, now) >= Window;

    private readonly record struct Tries(int Count, long Since);
}
