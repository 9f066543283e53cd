using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Charts and pages are well formed, match the figures and need no other files.</summary>
public sealed partial class ReportTests
{
    [Theory]
    [InlineData(0, 7, 8)]
    [InlineData(0, 50_123, 60_000)]
    [InlineData(0, 0.3, 0.3)]
    public void A_linear_axis_ends_on_a_round_number_at_or_above_the_highest_value(double low, double high, double end)
    {
        var axis = Axis.Linear(low, high);
        Assert.Equal(end, axis.High, 6);
        Assert.Equal(axis.High, axis.Ticks[^1].At, 6);
        Assert.Equal((0d, 1d), (axis.Share(low), axis.Share(axis.High)));
    }

    [Fact]
    public void A_logarithmic_axis_gives_each_power_of_ten_the_same_room()
    {
        var axis = Axis.Logarithmic(0.5, 800);
        Assert.Equal([0.1, 1, 10, 100, 1_000], axis.Ticks.Select(tick => Math.Round(tick.At, 6)));
        Assert.Equal(axis.Share(10) - axis.Share(1), axis.Share(1_000) - axis.Share(100), 6);
    }

    [Fact]
    public void A_chart_is_well_formed_and_has_a_dot_for_each_point()
    {
        var chart = XElement.Parse(
            new LineChart(
                "title", "second", "milliseconds",
                [new ChartLine("p50 & \"more\"", [new(0, 1), new(1, 5), new(2, 3)]), new ChartLine("p99", [new(0, 2)])]).Draw());
        var dots = chart.Descendants("circle").ToList();
        Assert.Equal(4, dots.Count);
        Assert.Equal(
            ["p50 & \"more\": 1", "p50 & \"more\": 5", "p50 & \"more\": 3", "p99: 2"], dots.Select(dot => dot.Element("title")!.Value));

        // Higher values are higher in the chart.
        var heights = dots.Take(3).Select(dot => double.Parse(dot.Attribute("cy")!.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(heights[1] < heights[2] && heights[2] < heights[0]);
    }

    [Fact]
    public void A_chart_of_nothing_says_so() =>
        Assert.Contains(
            "Nothing was measured", new LineChart("title", "x", "y", [new ChartLine("none", [])]).Draw(), StringComparison.Ordinal);

    [Fact]
    public void A_page_is_well_formed_and_asks_for_nothing_from_elsewhere()
    {
        var html = Page.Write(Report);
        Assert.DoesNotMatch(Outside(), html);
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"bad\">NO</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"right\">yes</td>", html, StringComparison.Ordinal);
        Assert.Equal(2, XElement.Parse(Figure().Match(html).Value).Descendants("i").Count());
        Assert.Contains("THE AUDIT FAILED", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_keeps_numbers_as_numbers_and_says_whether_all_holds()
    {
        using var directory = new TemporaryDirectory();
        await ReportFiles.WriteAsync(directory.Path, Report, CancellationToken.None);
        var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(directory.Path, "name.json"))).RootElement;
        Assert.False(json.GetProperty("ok").GetBoolean());
        var table = json.GetProperty("tables")[0];
        Assert.Equal(["what", "ok"], table.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
        Assert.Equal(12_345.678, table.GetProperty("rows")[0][1].GetDouble());
        Assert.Equal("<b>", table.GetProperty("rows")[0][0].GetString());
        Assert.Equal(2, json.GetProperty("charts")[0].GetProperty("bars").GetArrayLength());
        Assert.Equal(0.8, json.GetProperty("ratios")[0].GetProperty("goal").GetDouble());
    }

    [Fact]
    public void Renewals_are_told_by_their_first_and_last_tenth()
    {
        // 100 per second for five seconds, then 10 per second for fifty.
        var points = Enumerable.Range(1, 5).Select(second => new RenewalPoint(second, second * 100, second * 100))
            .Concat(Enumerable.Range(1, 50).Select(second => new RenewalPoint(5 + second, 500 + (second * 10), 500 + (second * 10))))
            .Append(new RenewalPoint(60, 1_000, 1_000)).ToList();
        var renewals = Renewals.Of(points, dueAtOnce: true)!;
        Assert.Equal((1_000, 1_000, 55d), (renewals.Invoiced, renewals.Paid, renewals.Rates!.Seconds));
        Assert.Equal(100, renewals.Rates.FirstTenthPerSecond, 3);
        Assert.Equal(10, renewals.Rates.LastTenthPerSecond, 3);
        Assert.Null(Renewals.Of(points, dueAtOnce: false)!.Rates);
        Assert.Null(Renewals.Of([], dueAtOnce: true));
    }

    private static RunReport Report => new()
    {
        Name = "name",
        Title = "A <title>",
        Description = "and a lead & more",
        StartedAt = DateTimeOffset.UnixEpoch,
        Tables = [new ReportTable("table", ["what", ">ok"], [["<b>", ReportCell.Of(12_345.678)], ["fine", "yes"]])],
        Ratios = [new Ratio("one ÷ other", 0.75, 0.8)],
        Checks = [RunCheck.None("nothing wrong", 1)],
        Charts = [new BarChart("bars", [new ChartBar("one", 1), new ChartBar("two", 2)])],
    };

    [GeneratedRegex("https?:|<script|src=|@import|url\\(")]
    private static partial Regex Outside();

    [GeneratedRegex("<figure>.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Figure();
}
