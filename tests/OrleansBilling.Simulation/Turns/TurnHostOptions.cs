using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Simulation.Turns;

/// <summary>The limits of a host of turns.</summary>
public sealed record TurnHostOptions : BillingHostOptions
{
    /// <summary>Live subscriptions kept in memory; beyond it the least recently used idle ones leave.</summary>
    public int LiveSubscriptionsMax { get; init; } = 200_000;

    /// <summary>Commands that may wait for one subscription; a further one is told to come back.</summary>
    public int WaitingTurnsMax { get; init; } = 64;
}
