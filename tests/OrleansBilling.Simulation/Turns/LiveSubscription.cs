using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Simulation.Turns;

/// <summary>A subscription in memory: its handler and its turns.</summary>
internal sealed class LiveSubscription(string id, SubscriptionHandlerServices services)
{
    private int stays;

    public string Id { get; } = id;

    public SubscriptionHandler Handler { get; } = new(id, services);

    public TurnGate Turns { get; } = new();

    /// <summary>Whether it was used since the sweep last looked; it then gets a second chance.</summary>
    public bool Used { get; set; }

    /// <summary>Whether a caller asked for it; otherwise it leaves when its work is done.</summary>
    public bool Stays => Volatile.Read(ref stays) != 0;

    /// <summary>Lets it stay; true for the first to ask.</summary>
    public bool TryStay() => Volatile.Read(ref stays) == 0 && Interlocked.Exchange(ref stays, 1) == 0;
}
