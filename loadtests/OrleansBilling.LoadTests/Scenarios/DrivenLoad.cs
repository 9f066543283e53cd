using NodaTime;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Measurements of a run while the system was running.</summary>
internal sealed record DrivenLoad
{
    public required Measurement Commands { get; init; }

    public required LatencyHistogram Latencies { get; init; }

    /// <summary>When the measurement started.</summary>
    public required DateTimeOffset MeasuredFrom { get; init; }

    /// <summary>When the load had ended. Everything due by then must be done.</summary>
    public required Instant LoadEndedAt { get; init; }

    /// <summary>Whether the system finished its due work in time.</summary>
    public required bool Drained { get; init; }

    public required Renewals? Renewals { get; init; }

    public required FreshnessVerdict? Freshness { get; init; }

    public required IReadOnlyList<SeriesPoint> Series { get; init; }

    /// <summary>The checks on the load itself.</summary>
    public IEnumerable<RunCheck> Checks(LoadScenario scenario)
    {
        yield return RunCheck.None("commands that failed", Commands.Failed);
        if (!scenario.ExpectsRefusals) yield return RunCheck.None("commands that were refused", Commands.Refused);
        yield return new RunCheck("due work and charges in progress at the end", "none", Drained ? "none" : "some", Drained);
        foreach (var check in Freshness?.Checks() ?? []) yield return check;
    }
}
