using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>A chart. The JSON report holds its figures, the HTML page its drawing.</summary>
/// <param name="Title">The heading.</param>
[JsonDerivedType(typeof(BarChart)), JsonDerivedType(typeof(LineChart))]
internal abstract record ReportChart(string Title)
{
    protected const string Nothing = "<p class=\"lead\">Nothing was measured.</p>";

    /// <summary>The chart as self-contained HTML.</summary>
    public abstract string Draw();
}
