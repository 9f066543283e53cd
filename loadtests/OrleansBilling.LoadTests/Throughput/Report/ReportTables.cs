using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>The tables of a report, for the screen and for the page; those without rows are left out.</summary>
internal static class ReportTables
{
    public static void Show(ThroughputReport report)
    {
        foreach (var table in Of(report)) Screen.Table(table.Title, table.Columns, table.Rows);
    }

    public static IEnumerable<ReportTable> Of(ThroughputReport report) =>
        new[] { Conditions(report), Trials(report.BaselineTrials), Ways(report.Ways), BillingDays(report.BillingDays), Figures(report), Ratios(report),
            Checks(report) }
            .Where(table => table.Rows.Count > 0);

    private static ReportTable Conditions(ThroughputReport report) =>
        new("Conditions", ["what", "value"], [.. report.Conditions.Rows().Select(row => (IReadOnlyList<string>)[row.What, row.Value])]);

    private static ReportTable Trials(IReadOnlyList<Measurement> trials) => new(
        "One transaction per command: which way is best",
        ["shape", ">connections", ">commands/s", ">p50 ms", ">p99 ms"],
        [.. trials.Select(
            trial => (
                IReadOnlyList<string>)[trial.Way, Number(trial.Callers, "N0"), Number(trial.PerSecond, "N0"),
                Number(trial.P50Milliseconds, "N2"), Number(trial.P99Milliseconds, "N2")])]);

    private static ReportTable Ways(IReadOnlyList<Measurement> ways)
    {
        var baseline = ways.FirstOrDefault(way => way.Way == WayNames.Baseline)?.PerSecond;
        return new ReportTable(
            "Durable commands per second (constant: no command, the yardstick of HTTP)",
            ["way", ">in flight", ">per second", ">÷ baseline", ">p50 ms", ">p99 ms", ">failed", "processor µs each"],
            [
                .. ways.Select(way => (IReadOnlyList<string>)
                [
                    way.Way, Number(way.Callers, "N0"), Number(way.PerSecond, "N0"),
                    baseline is { } one ? Number(way.PerSecond / one, "0.00") : "",
                    Number(way.P50Milliseconds, "N2"), Number(way.P99Milliseconds, "N2"), Number(way.Failed, "N0"),
                    Numbers.Processors(way.ProcessorMicroseconds),
                ]),
            ]);
    }

    private static ReportTable BillingDays(IReadOnlyList<BillingDay> days) => new(
        "Billing day: all due at once, invoiced and charged",
        ["way", ">renewals", ">seconds", ">per second", ">first tenth", ">last tenth", "processor µs each"],
        [
            .. days.Select(day => (IReadOnlyList<string>)
            [
                day.Way, Number(day.Renewals, "N0"), Number(day.Seconds, "N1"), Number(day.PerSecond, "N0"),
                Number(day.FirstTenthPerSecond, "N0"), Number(day.LastTenthPerSecond, "N0"), Numbers.Processors(day.ProcessorMicroseconds),
            ]),
        ]);

    private static ReportTable Figures(ThroughputReport report) => new(
        "Single figures", ["what", ">value", "unit", ">goal"],
        [.. report.Figures.Select(figure => (IReadOnlyList<string>)[figure.What, Number(figure.Value, "N1"), figure.Unit, figure.Goal])]);

    private static ReportTable Ratios(ThroughputReport report) => new(
        "Ratios in this run", ["what", ">ratio", ">goal"],
        [.. report.Ratios.Select(
            ratio => (
                IReadOnlyList<string>)[ratio.What, Number(ratio.Value, "0.00"), ratio.Goal is { } goal ? Number(goal, "0.00") : ""])]);

    private static ReportTable Checks(ThroughputReport report) => RunCheck.Table(report.Checks);

    private static string Number(double value, string format) => Numbers.Text(value, format);
}
