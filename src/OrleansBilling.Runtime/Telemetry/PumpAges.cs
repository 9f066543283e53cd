namespace OrleansBilling.Runtime.Telemetry;

/// <summary>What the gauges show of a pump.</summary>
/// <param name="Read">The time since it last read due work or woke a subscription.</param>
/// <param name="OldestDue">How long the oldest due work had waited when its pass began.</param>
/// <param name="Quarantined">Subscriptions in quarantine in the whole database.</param>
internal readonly record struct PumpAges(int Group, TimeSpan Read, TimeSpan OldestDue, long Quarantined);
