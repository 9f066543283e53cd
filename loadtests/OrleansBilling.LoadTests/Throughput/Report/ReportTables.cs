using System.Globalization;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>Shows a report to people.</summary>
internal static class ReportTables
{
    public static void Show(ThroughputReport report)
    {
        Screen.Table("Conditions", ["what", "value"], [.. report.Conditions.Rows().Select(row => (IReadOnlyList<string>)[row.What, row.Value])]);
        if (report.BaselineTrials.Count > 0) ShowTrials(report.BaselineTrials);
        if (report.Ways.Count > 0) ShowWays(report.Ways);
        if (report.BillingDay is { } day) ShowBillingDay(day);
        if (report.Ratios.Count > 0)
        {
            Screen.Table(
                "Ratios in this run", ["what", ">ratio", ">goal"],
                [.. report.Ratios.Select(ratio => (IReadOnlyList<string>)[ratio.What, Number(ratio.Value, "0.00"), ratio.Goal is { } goal ? Number(goal, "0.00") : ""])]);
        }
    }

    private static void ShowTrials(IReadOnlyList<Measurement> trials) => Screen.Table(
        "One transaction per command: which way is best",
        ["shape", ">connections", ">commands/s", ">p50 ms", ">p99 ms"],
        [.. trials.Select(trial => (IReadOnlyList<string>)[trial.Way, Number(trial.Callers, "N0"), Number(trial.PerSecond, "N0"), Number(trial.P50Milliseconds, "N2"), Number(trial.P99Milliseconds, "N2")])]);

    private static void ShowWays(IReadOnlyList<Measurement> ways)
    {
        var baseline = ways.FirstOrDefault(way => way.Way == WayNames.Baseline)?.PerSecond;
        Screen.Table(
            "Durable commands per second (constant: no command, the yardstick of HTTP)",
            ["way", ">in flight", ">per second", ">÷ baseline", ">p50 ms", ">p99 ms", ">failed", "processor µs each"],
            [
                .. ways.Select(way => (IReadOnlyList<string>)
                [
                    way.Way, Number(way.Callers, "N0"), Number(way.PerSecond, "N0"), baseline is { } one ? Number(way.PerSecond / one, "0.00") : "",
                    Number(way.P50Milliseconds, "N2"), Number(way.P99Milliseconds, "N2"), Number(way.Failed, "N0"), Processors(way.ProcessorMicroseconds),
                ]),
            ]);
    }

    private static void ShowBillingDay(BillingDay day) => Screen.Table(
        "Billing day: all due at once, invoiced and charged",
        [">renewals", ">seconds", ">per second", ">first tenth", ">last tenth", "processor µs each"],
        [
            [
                Number(day.Renewals, "N0"), Number(day.Seconds, "N1"), Number(day.PerSecond, "N0"), Number(day.FirstTenthPerSecond, "N0"),
                Number(day.LastTenthPerSecond, "N0"), Processors(day.ProcessorMicroseconds),
            ],
        ]);

    private static string Processors(IReadOnlyDictionary<string, double> microseconds) =>
        string.Join(", ", microseconds.Select(pair => $"{pair.Key} {Number(pair.Value, "N1")}"));

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
