using System.Globalization;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;

namespace OrleansBilling.LoadTests.Scenarios.Report;

/// <summary>The report of a scenario as a page: what it came to, over time and as a distribution.</summary>
internal static class ScenarioPage
{
    private const string Seconds = "seconds since the measuring began";

    /// <summary>Where percentiles stand: each nine takes as much room as the one before.</summary>
    private static readonly AxisTick[] PercentileTicks =
        [new(0, "0 %"), new(Nines(50), "50 %"), new(Nines(90), "90 %"), new(Nines(99), "99 %"), new(Nines(99.9), "99.9 %"),
            new(Nines(99.99), "99.99 %")];

    public static string Write(ScenarioReport report)
    {
        var verdict = report.Ok ? "the audit holds" : "THE AUDIT DOES NOT HOLD";
        var page = new Page(
            $"{report.Scenario}, by {report.Target}",
            string.Create(CultureInfo.InvariantCulture, $"{report.Description}. {report.StartedAt:u}; {verdict}."));
        foreach (var table in ScenarioTables.Results(report)) page.Table(table);
        var series = report.Series;
        if (report.Load.Done > 0)
        {
            page.Chart("Commands done", new LineChart(Seconds, "a second", [Line("commands", series, point => point.PerSecond)]).Draw());
            page.Chart(
                "Latency over time",
                new LineChart(
                    Seconds, "milliseconds",
                    [Line("p50", series, point => point.P50), Line("p99", series, point => point.P99),
                        Line("max", series, point => point.Max)]) { LogarithmicY = true }.Draw());
            page.Chart("Latency by percentile", Distribution(report.Distribution));
        }

        if (report.Renewals is not null)
            page.Chart(
                "Renewals paid", new LineChart(Seconds, "a second", [Line("renewals", series, point => point.RenewalsPerSecond)]).Draw());
        page.Table(RunCheck.Table(report.Audit));
        page.Table(ScenarioTables.Conditions(report));
        return page.ToString();
    }

    private static string Distribution(IReadOnlyList<LatencyQuantile> distribution)
    {
        var points = distribution.Where(quantile => quantile.Percentile < 100)
            .Select(quantile => new ChartPoint(Nines(quantile.Percentile), quantile.Milliseconds));
        return new LineChart("share of the commands that took at most so long", "milliseconds", [new ChartLine("latency", [.. points])])
        {
            LogarithmicY = true, XTicks = PercentileTicks,
        }.Draw();
    }

    private static ChartLine Line(string name, IReadOnlyList<SeriesPoint> series, Func<SeriesPoint, double> value) =>
        new(name, [.. series.Select(point => new ChartPoint(point.Second, value(point)))]);

    private static double Nines(double percentile) => -Math.Log10(1 - (percentile / 100));
}
