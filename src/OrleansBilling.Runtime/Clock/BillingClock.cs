using NodaTime;

namespace OrleansBilling.Runtime.Clock;

/// <summary>
/// Business time in UTC, in whole milliseconds. Timeouts, polling and rate limits are operational and use a
/// <see cref="TimeProvider"/> instead, which keeps running while a virtual clock stands still.
/// </summary>
public sealed class BillingClock(IClock source) : IClock
{
    /// <summary>The current instant, truncated to the millisecond, so that every store keeps it exactly.</summary>
    public Instant GetCurrentInstant() => Instant.FromUnixTimeMilliseconds(source.GetCurrentInstant().ToUnixTimeMilliseconds());
}

/// <summary>A clock that stands still until it is moved; for tests, demos and replays.</summary>
public sealed class VirtualClock(Instant start) : IClock
{
    private long milliseconds = start.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => Instant.FromUnixTimeMilliseconds(Volatile.Read(ref milliseconds));

    /// <summary>Moves the clock forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is before the current instant.</exception>
    public void MoveTo(Instant to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.ToUnixTimeMilliseconds(), Volatile.Read(ref milliseconds));
        Volatile.Write(ref milliseconds, to.ToUnixTimeMilliseconds());
    }

    /// <summary>Follows another process's clock: moves to <paramref name="other"/> unless this clock is already there or ahead.</summary>
    public void Follow(Instant other)
    {
        var target = other.ToUnixTimeMilliseconds();
        for (var seen = Volatile.Read(ref milliseconds); seen < target;)
        {
            var before = Interlocked.CompareExchange(ref milliseconds, target, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
