namespace OrleansBilling.LoadTests.Measuring;

/// <summary>The results of the commands of one measurement.</summary>
internal sealed record Measurement
{
    /// <summary>The name of the way, scenario or machine.</summary>
    public required string Name { get; init; }

    /// <summary>Maximum of commands in flight.</summary>
    public required int InFlightMax { get; init; }

    /// <summary>Commands acknowledged within the measured time.</summary>
    public required long Done { get; init; }

    /// <summary>Commands refused by a billing rule.</summary>
    public required long Refused { get; init; }

    /// <summary>Commands turned away or answered with an error.</summary>
    public required long Failed { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Latency of done commands in milliseconds: from the intended time in an open loop, from sending in a closed one.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Open loop: commands that waited because too many were in flight.</summary>
    public int HeldBack { get; init; }

    /// <summary>Refusals and failures by code.</summary>
    public IReadOnlyDictionary<string, long> Codes { get; init; } = new Dictionary<string, long>();

    /// <summary>Processor time per command, by process.</summary>
    public IReadOnlyDictionary<string, double> ProcessorMicroseconds { get; init; } = new Dictionary<string, double>();

    public long Count => Done + Refused + Failed;

    /// <summary>Commands done per second.</summary>
    public double PerSecond => Seconds > 0 ? Done / Seconds : 0;

    public static Measurement Of(string name, int inFlightMax, Meter meter) => new()
    {
        Name = name,
        InFlightMax = inFlightMax,
        Done = meter.Done,
        Refused = meter.Refused,
        Failed = meter.Failed,
        Seconds = meter.Elapsed.TotalSeconds,
        Latency = meter.Latencies.Whole(),
        Codes = new Dictionary<string, long>(meter.Codes),
    };
}
