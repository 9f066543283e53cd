using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Simulation.Turns;

/// <summary>The limits of a turn host.</summary>
public sealed record TurnHostOptions : BillingHostOptions
{
    /// <summary>The most live subscriptions in memory; beyond it, the least recently used idle ones are evicted.</summary>
    public int LiveSubscriptionsMax { get; init; } = 200_000;

    /// <summary>The most commands that may wait for one subscription. Further ones are rejected as busy.</summary>
    public int WaitingTurnsMax { get; init; } = 64;
}
