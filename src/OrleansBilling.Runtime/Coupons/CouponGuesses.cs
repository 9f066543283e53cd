using System.Collections.Concurrent;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>
/// Limits guessing of coupon codes. After <see cref="MissesMax"/> failed tries no code of that customer is looked up
/// until the window is over. A try counts as failed until it is known to have succeeded, so parallel tries gain
/// nothing. Sellers look among their own coupons and are not counted. Each process counts for itself.
/// </summary>
public sealed class CouponGuesses(TimeProvider time)
{
    /// <summary>The failed tries that a customer may make within <see cref="Window"/>.</summary>
    public const int MissesMax = 10;

    /// <summary>The most customers tracked. Beyond that, those whose window is over are dropped, and if that is not enough, all.</summary>
    public const int CustomersMax = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Id, string? SellerId), Tries> tries = new();

    private static readonly Refusal TooMany = new(
        RefusalKind.TooMany, "too_many_coupon_guesses", "Ten codes failed within 15 minutes; try again later.", "coupon");

    /// <summary>Counts a try; returns why it is not allowed, or null.</summary>
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

    /// <summary>Takes a try back: the code was good.</summary>
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
