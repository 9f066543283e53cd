namespace OrleansBilling.Runtime.Hosting;

/// <summary>How a pump is getting on.</summary>
/// <param name="ActiveAt">When it last read due work or woke a subscription, as a timestamp of the operational clock.</param>
/// <param name="OldestDueAge">How long the oldest due work had waited when the current pass began; zero if nothing was due.</param>
internal readonly record struct PumpPulse(long ActiveAt, TimeSpan OldestDueAge);
