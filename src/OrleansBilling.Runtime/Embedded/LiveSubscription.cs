using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Embedded;

/// <summary>A subscription in memory: its handler and its turns.</summary>
internal sealed class LiveSubscription(string id, SubscriptionHandlerServices services)
{
    public string Id { get; } = id;

    public SubscriptionHandler Handler { get; } = new(id, services);

    public TurnGate Turns { get; } = new();

    /// <summary>Whether it was used since the sweep last looked; it then gets a second chance.</summary>
    public bool Used { get; set; } = true;
}
