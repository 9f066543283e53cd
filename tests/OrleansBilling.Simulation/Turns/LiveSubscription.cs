using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Simulation.Turns;

/// <summary>A subscription in memory: its handler and its turns.</summary>
internal sealed class LiveSubscription(string id, SubscriptionHandlerServices services)
{
    private int stays;

    public string Id { get; } = id;

    public SubscriptionHandler Handler { get; } = new(id, services);

    public TurnGate Turns { get; } = new();

    /// <summary>Whether it was used since the last sweep; if so, it gets a second chance.</summary>
    public bool Used { get; set; }

    /// <summary>Whether a caller asked for it; otherwise it leaves memory when its work is done.</summary>
    public bool Stays => Volatile.Read(ref stays) != 0;

    /// <summary>Marks it to stay; true for the first caller.</summary>
    public bool TryStay() => Volatile.Read(ref stays) == 0 && Interlocked.Exchange(ref stays, 1) == 0;
}
