namespace OrleansBilling.LoadTests.Measuring;

/// <summary>What became of commands.</summary>
internal sealed record Measurement
{
    /// <summary>Of the way, the scenario, or the machine.</summary>
    public required string Name { get; init; }

    /// <summary>Commands in flight at most.</summary>
    public required int InFlightMax { get; init; }

    /// <summary>Acknowledged within the measured time.</summary>
    public required long Done { get; init; }

    /// <summary>Refused by a rule of billing.</summary>
    public required long Refused { get; init; }

    /// <summary>Turned away or answered by an error.</summary>
    public required long Failed { get; init; }

    /// <summary>The measured time.</summary>
    public required double Seconds { get; init; }

    /// <summary>In milliseconds, of those done: from the intended time in an open loop, from sending in a closed one.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Open loop: commands that waited because too many were in flight.</summary>
    public int HeldBack { get; init; }

    /// <summary>Refusals and failures by code.</summary>
    public IReadOnlyDictionary<string, long> Codes { get; init; } = new Dictionary<string, long>();

    /// <summary>Processor time per command, by process.</summary>
    public IReadOnlyDictionary<string, double> ProcessorMicroseconds { get; init; } = new Dictionary<string, double>();

    public long Count => Done + Refused + Failed;

    /// <summary>Done ÷ seconds.</summary>
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
