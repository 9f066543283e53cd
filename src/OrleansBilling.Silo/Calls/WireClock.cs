using NodaTime;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Silo.Calls;

/// <summary>
/// Business time in a process of the cluster. A virtual clock has one mover, a gateway; where it stands goes along with
/// every message, and whoever receives one follows. So a silo never decides at an earlier instant than it was asked at.
/// </summary>
internal sealed class WireClock
{
    private readonly VirtualClock? virtualClock;

    public WireClock(IClock machineClock, VirtualClock? virtualClock)
    {
        this.virtualClock = virtualClock;
        Clock = new BillingClock((IClock?)virtualClock ?? machineClock);
    }

    /// <summary>For decisions.</summary>
    public IClock Clock { get; }

    public bool IsVirtual => virtualClock is not null;

    /// <summary>What goes along with a message.</summary>
    public long? VirtualNow => virtualClock?.GetCurrentInstant().ToUnixTimeMilliseconds();

    /// <summary>Follows the sender's clock; false when one of the two is virtual and the other is not.</summary>
    public bool TryFollow(long? senderNow)
    {
        if (senderNow is null != virtualClock is null) return false;
        if (senderNow is { } now) virtualClock!.Follow(Instant.FromUnixTimeMilliseconds(now));
        return true;
    }
}
