using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>A picture of figures; JSON has the figures, the page has the picture.</summary>
/// <param name="Title">Its heading.</param>
[JsonDerivedType(typeof(BarChart)), JsonDerivedType(typeof(LineChart))]
internal abstract record ReportChart(string Title)
{
    protected const string Nothing = "<p class=\"lead\">Nothing was measured.</p>";

    /// <summary>As HTML that needs nothing else.</summary>
    public abstract string Draw();
}
