using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Simulation.Lives;

/// <summary>What a caller was told: the command was accepted, with this version.</summary>
internal sealed record Acknowledged(string SubscriptionId, long Version, SubscriptionCommand Command);
