using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Makes the report of a run, with charts over time and of the latency distribution.</summary>
internal static class ScenarioReport
{
    private const string Seconds = "seconds since the measurement started";

    public static RunReport Of(
        LoadScenario scenario, string target, IReadOnlyList<Condition> conditions, DrivenLoad driven, IReadOnlyList<RunCheck> checks) =>
        new()
        {
            Name = $"{scenario.Name}-{target}",
            Title = $"{scenario.Name}, by {target}",
            Description = scenario.Description,
            StartedAt = driven.MeasuredFrom,
            Conditions = conditions,
            Tables =
            [
                MeasurementRows.Table("Commands", "scenario", [driven.Commands]),
                MeasurementRows.Codes(driven.Commands),
                RenewalsTable(driven),
            ],
            Checks = checks,
            Charts = [.. Charts(driven)],
        };

    private static ReportTable RenewalsTable(DrivenLoad driven) => new(
        "Renewals", [">invoiced", ">paid", ">seconds", ">per second", ">first tenth", ">last tenth", "processor µs each"],
        driven.Renewals is not { } renewals ? [] :
        [
            [
                ReportCell.Of(renewals.Invoiced), ReportCell.Of(renewals.Paid), Rate(renewals, "N1", rates => rates.Seconds),
                Rate(renewals, "N0", rates => rates.PerSecond), Rate(renewals, "N0", rates => rates.FirstTenthPerSecond),
                Rate(renewals, "N0", rates => rates.LastTenthPerSecond),
                driven.Commands.Done == 0 ? Numbers.Processors(driven.Commands.ProcessorMicroseconds) : "",
            ],
        ]);

    /// <summary>An empty cell when renewals were not due at one instant.</summary>
    private static ReportCell Rate(Renewals renewals, string format, Func<RenewalRates, double> value) =>
        renewals.Rates is { } rates ? ReportCell.Of(value(rates), format) : "";

    private static IEnumerable<ReportChart> Charts(DrivenLoad driven)
    {
        var series = driven.Series;
        if (driven.Commands.Done > 0)
        {
            yield return new LineChart("Commands done", Seconds, "per second", [Line("commands", series, point => point.PerSecond)]);
            yield return new LineChart(
                "Latency over time", Seconds, "milliseconds",
                [Line("p50", series, point => point.P50), Line("p99", series, point => point.P99), Line("max", series, point => point.Max)])
            {
                LogarithmicY = true,
            };
            yield return LatencyChart.Of(driven.Latencies);
        }

        if (driven.Renewals is not null)
            yield return new LineChart(
                "Renewals paid", Seconds, "per second", [Line("renewals", series, point => point.RenewalsPerSecond)]);
    }

    private static ChartLine Line(string name, IReadOnlyList<SeriesPoint> series, Func<SeriesPoint, double> value) =>
        new(name, [.. series.Select(point => new ChartPoint(point.Second, value(point)))]);
}
