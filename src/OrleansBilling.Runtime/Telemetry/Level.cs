using System.Diagnostics.Metrics;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>How many of something there are at this moment. Unlike a plain up-down counter it is reported from the start, as 0.</summary>
public sealed class Level
{
    private long now;

    internal Level(Meter meter, string name, string unit, string description) =>
        meter.CreateObservableUpDownCounter(name, () => Now, unit, description);

    internal long Now => Volatile.Read(ref now);

    public void Add(int change) => Interlocked.Add(ref now, change);
}
