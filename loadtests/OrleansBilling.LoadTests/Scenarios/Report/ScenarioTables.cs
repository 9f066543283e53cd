using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Scenarios.Report;

/// <summary>The tables of a scenario's report, for the screen and for the page; results without rows are left out.</summary>
internal static class ScenarioTables
{
    public static void Show(ScenarioReport report)
    {
        foreach (var table in Of(report)) Screen.Table(table.Title, table.Columns, table.Rows);
    }

    /// <summary>Several runs side by side.</summary>
    public static void ShowSummary(IReadOnlyList<ScenarioReport> reports)
    {
        var table = new ReportTable(
            "All runs", ["scenario", "target", ">done/s", ">p50 ms", ">p99 ms", ">p99.9 ms", ">failed", ">renewals/s", "audit"],
            [
                .. reports.Select(report => (IReadOnlyList<string>)
                [
                    report.Scenario, report.Target, Numbers.Text(report.Load.PerSecond, "N0"), Numbers.Text(report.Load.Latency.P50, "N2"),
                    Numbers.Text(report.Load.Latency.P99, "N2"),
                    Numbers.Text(report.Load.Latency.P999, "N2"), Numbers.Text(report.Load.Failed, "N0"),
                    report.Renewals is { } renewals ? Rate(renewals, "N0", rates => rates.PerSecond) : "",
                    report.Ok ? "holds" : "DOES NOT HOLD",
                ]),
            ]);
        Screen.Table(table.Title, table.Columns, table.Rows);
    }

    /// <summary>All of them.</summary>
    public static IEnumerable<ReportTable> Of(ScenarioReport report) =>
        [Conditions(report), .. Results(report), RunCheck.Table(report.Audit)];

    /// <summary>What it came to.</summary>
    public static IEnumerable<ReportTable> Results(ScenarioReport report) =>
        new[] { Load(report), Codes(report), Renewals(report) }.Where(table => table.Rows.Count > 0);

    /// <summary>Under what it was made.</summary>
    public static ReportTable Conditions(ScenarioReport report) => new(
        "Conditions", ["what", "value"],
        [.. report.Machine.Rows().Concat(report.Settings.Select(setting => (setting.Key, setting.Value)))
            .Select(row => (IReadOnlyList<string>)[row.Item1, row.Item2])]);

    private static ReportTable Load(ScenarioReport report)
    {
        var load = report.Load;
        var latency = load.Latency;
        return new ReportTable(
            "Commands",
            [">done", ">refused", ">failed", ">seconds", ">per second", ">p50 ms", ">p90 ms", ">p99 ms", ">p99.9 ms", ">max ms",
                ">held back", "processor µs each"],
            load.Done + load.Refused + load.Failed == 0 ? [] :
            [
                [
                    Count(load.Done), Count(load.Refused), Count(load.Failed), Numbers.Text(load.Seconds, "N1"),
                    Numbers.Text(load.PerSecond, "N0"), Milliseconds(latency.P50),
                    Milliseconds(latency.P90), Milliseconds(latency.P99), Milliseconds(latency.P999), Milliseconds(latency.Max),
                    Count(load.HeldBack), Numbers.Processors(report.ProcessorMicroseconds),
                ],
            ]);
    }

    private static ReportTable Codes(ScenarioReport report) => new(
        "Refusals and failures", ["code", ">commands"],
        [.. report.Load.Codes.OrderByDescending(code => code.Value).Select(code => (IReadOnlyList<string>)[code.Key, Count(code.Value)])]);

    private static ReportTable Renewals(ScenarioReport report) => new(
        "Renewals", [">invoiced", ">paid", ">seconds", ">per second", ">first tenth", ">last tenth", "processor µs each"],
        report.Renewals is not { } renewals ? [] :
        [
            [
                Count(renewals.Invoiced), Count(renewals.Paid), Rate(renewals, "N1", rates => rates.Seconds),
                Rate(renewals, "N0", rates => rates.PerSecond),
                Rate(renewals, "N0", rates => rates.FirstTenthPerSecond), Rate(renewals, "N0", rates => rates.LastTenthPerSecond),
                report.Load.Done == 0 ? Numbers.Processors(report.ProcessorMicroseconds) : "",
            ],
        ]);

    /// <summary>Empty where renewals were not due at one instant.</summary>
    private static string Rate(Renewals renewals, string format, Func<RenewalRates, double> value) =>
        renewals.Rates is { } rates ? Numbers.Text(value(rates), format) : "";

    private static string Count(long count) => Numbers.Text(count, "N0");

    private static string Milliseconds(double milliseconds) => Numbers.Text(milliseconds, "N2");
}
