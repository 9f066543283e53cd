using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Scenarios.Report;

/// <summary>All that one run of a scenario came to.</summary>
internal sealed record ScenarioReport
{
    public required string Scenario { get; init; }

    public required string Description { get; init; }

    public required string Target { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>How load was made, and how much.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required LoadFigures Load { get; init; }

    public required Renewals? Renewals { get; init; }

    public required FreshnessVerdict? Freshness { get; init; }

    /// <summary>Processor time per command, or per renewal where there are no commands, by process.</summary>
    public required IReadOnlyDictionary<string, double> ProcessorMicroseconds { get; init; }

    public required IReadOnlyList<SeriesPoint> Series { get; init; }

    public required IReadOnlyList<LatencyQuantile> Distribution { get; init; }

    public required IReadOnlyList<RunCheck> Audit { get; init; }

    public bool Ok => Audit.All(check => check.Ok);

    /// <summary>What its files are called.</summary>
    public string FileName => $"{Scenario}-{Target}";
}

/// <summary>What became of the commands.</summary>
/// <param name="Done">Acknowledged.</param>
/// <param name="Refused">Refused by a rule of billing.</param>
/// <param name="Failed">Turned away or answered by an error.</param>
/// <param name="Seconds">From the beginning of the measuring to the last answer.</param>
/// <param name="PerSecond">Done ÷ seconds.</param>
/// <param name="Latency">In milliseconds, of those done: from the intended time in the open loop, from sending in the closed one.</param>
/// <param name="HeldBack">Open loop: commands that waited because too many were in flight.</param>
/// <param name="Codes">Refusals and failures by code.</param>
internal sealed record LoadFigures(
    long Done, long Refused, long Failed, double Seconds, double PerSecond, LatencySummary Latency, int HeldBack,
    IReadOnlyDictionary<string, long> Codes);
