using NodaTime;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Silo.Calls;

/// <summary>
/// Business time in a process of the cluster. A virtual clock is moved by one gateway only. Every message carries the
/// sender's virtual time, and the receiver's clock follows it. A silo therefore never decides at an earlier time than that of
/// the request.
/// </summary>
internal sealed class WireClock
{
    private readonly VirtualClock? virtualClock;

    public WireClock(IClock machineClock, VirtualClock? virtualClock)
    {
        this.virtualClock = virtualClock;
        Clock = new BillingClock((IClock?)virtualClock ?? machineClock);
    }

    /// <summary>The clock for decisions.</summary>
    public IClock Clock { get; }

    public bool IsVirtual => virtualClock is not null;

    /// <summary>The virtual time sent with each message, in milliseconds since 1970; null without a virtual clock.</summary>
    public long? VirtualNow => virtualClock?.GetCurrentInstant().ToUnixTimeMilliseconds();

    /// <summary>Follows the sender's clock. False if only one of the two clocks is virtual.</summary>
    public bool TryFollow(long? senderNow)
    {
        if (senderNow is null != virtualClock is null) return false;
        if (senderNow is { } now) virtualClock!.Follow(Instant.FromUnixTimeMilliseconds(now));
        return true;
    }
}
