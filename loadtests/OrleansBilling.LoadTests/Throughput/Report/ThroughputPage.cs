using System.Globalization;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>The report as a page: the tables, and the ways as bars.</summary>
internal static class ThroughputPage
{
    public static string Write(ThroughputReport report)
    {
        var page = new Page(
            "Throughput",
            string.Create(CultureInfo.InvariantCulture, $"{report.StartedAt:u}, {report.Conditions.Subscriptions:N0} subscriptions"));
        page.Chart("Durable commands per second", BarChart.Draw([.. report.Ways.Select(way => (way.Way, way.PerSecond))]));
        foreach (var table in ReportTables.Of(report)) page.Table(table);
        return page.ToString();
    }
}
