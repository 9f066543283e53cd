using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>The result of one scenario against one target.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Target">How commands were sent.</param>
/// <param name="Driven">The measurements.</param>
/// <param name="Report">The complete report.</param>
internal sealed record ScenarioOutcome(string Scenario, string Target, DrivenLoad Driven, RunReport Report)
{
    /// <summary>A table that compares several runs.</summary>
    public static ReportTable Summary(IEnumerable<ScenarioOutcome> outcomes) => new(
        "All runs", ["scenario", "target", ">done/s", ">p50 ms", ">p99 ms", ">p99.9 ms", ">failed", ">renewals/s", "audit"],
        [
            .. outcomes.Select(outcome => (IReadOnlyList<ReportCell>)
            [
                outcome.Scenario, outcome.Target, ReportCell.Of(outcome.Driven.Commands.PerSecond),
                ReportCell.Of(outcome.Driven.Commands.Latency.P50, "N2"), ReportCell.Of(outcome.Driven.Commands.Latency.P99, "N2"),
                ReportCell.Of(outcome.Driven.Commands.Latency.P999, "N2"), ReportCell.Of(outcome.Driven.Commands.Failed),
                outcome.Driven.Renewals?.Rates is { } rates ? ReportCell.Of(rates.PerSecond) : "",
                outcome.Report.Ok ? "passed" : "FAILED",
            ]),
        ]);

    /// <summary>The file that <c>join</c> merges with those of other machines.</summary>
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
