using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>All figures of one run.</summary>
internal sealed record ThroughputReport
{
    public const string FileName = "throughput";

    public required DateTimeOffset StartedAt { get; init; }

    public required Conditions Conditions { get; init; }

    /// <summary>The short trials that found the best pool for the baseline.</summary>
    public required IReadOnlyList<Measurement> BaselineTrials { get; init; }

    /// <summary>What each way came to.</summary>
    public required IReadOnlyList<Measurement> Ways { get; init; }

    public required IReadOnlyList<BillingDay> BillingDays { get; init; }

    /// <summary>Cold loads, memory, start, disk.</summary>
    public required IReadOnlyList<SingleFigure> Figures { get; init; }

    /// <summary>Figures of this run against each other.</summary>
    public required IReadOnlyList<Ratio> Ratios { get; init; }

    /// <summary>What must hold besides.</summary>
    public required IReadOnlyList<RunCheck> Checks { get; init; }

    /// <summary>Whether every way got through, and every check holds.</summary>
    public bool Ok => Ways.All(way => way is { Failed: 0, Done: > 0 }) && Checks.All(check => check.Ok);
}
