namespace OrleansBilling.Runtime.Hosting;

/// <summary>What a pump saw when it last read due work.</summary>
/// <param name="ReadAt">When it read, as a timestamp of the operational clock.</param>
/// <param name="OldestDueAge">How long the oldest due work had waited by then; zero if nothing was due.</param>
internal sealed record PumpPulse(long ReadAt, TimeSpan OldestDueAge);
