using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Simulation.Lives;

/// <summary>An acknowledgment to a caller: the command was accepted, with this version.</summary>
internal sealed record Acknowledged(string SubscriptionId, long Version, SubscriptionCommand Command);
