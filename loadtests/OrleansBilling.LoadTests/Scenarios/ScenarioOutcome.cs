using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>A run of one scenario by one way in.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Target">The way in.</param>
/// <param name="Driven">What was measured.</param>
/// <param name="Report">All that it came to.</param>
internal sealed record ScenarioOutcome(string Scenario, string Target, DrivenLoad Driven, RunReport Report)
{
    /// <summary>Several side by side.</summary>
    public static ReportTable Summary(IEnumerable<ScenarioOutcome> outcomes) => new(
        "All runs", ["scenario", "target", ">done/s", ">p50 ms", ">p99 ms", ">p99.9 ms", ">failed", ">renewals/s", "audit"],
        [
            .. outcomes.Select(outcome => (IReadOnlyList<ReportCell>)
            [
                outcome.Scenario, outcome.Target, ReportCell.Of(outcome.Driven.Commands.PerSecond),
                ReportCell.Of(outcome.Driven.Commands.Latency.P50, "N2"), ReportCell.Of(outcome.Driven.Commands.Latency.P99, "N2"),
                ReportCell.Of(outcome.Driven.Commands.Latency.P999, "N2"), ReportCell.Of(outcome.Driven.Commands.Failed),
                outcome.Driven.Renewals?.Rates is { } rates ? ReportCell.Of(rates.PerSecond) : "",
                outcome.Report.Ok ? "holds" : "DOES NOT HOLD",
            ]),
        ]);

    /// <summary>What other machines' files are joined with.</summary>
    public HistogramFile Histogram(ScenarioOptions options, double rateFactor) => new(
        new HistogramHeader
        {
            Scenario = Scenario,
            Target = Target,
            Loop = options.Loop,
            Rate = options.Loop == LoopNames.Open ? options.Rate * rateFactor : null,
            Machine = options.Machine.Number,
            Machines = options.Machine.Of,
            StartedAt = Driven.MeasuredFrom,
            Seconds = Driven.Commands.Seconds,
            InFlightMax = Driven.Commands.InFlightMax,
            Done = Driven.Commands.Done,
            Refused = Driven.Commands.Refused,
            Failed = Driven.Commands.Failed,
            HeldBack = Driven.Commands.HeldBack,
            AuditHolds = Report.Ok,
        },
        Driven.Latencies);
}
