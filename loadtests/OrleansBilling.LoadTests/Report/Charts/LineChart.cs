using System.Text;
using System.Text.Json.Serialization;
using static OrleansBilling.LoadTests.Report.Numbers;

namespace OrleansBilling.LoadTests.Report.Charts;

internal sealed record ChartLine(string Name, IReadOnlyList<ChartPoint> Points);

internal readonly record struct ChartPoint(double X, double Y);

/// <summary>Lines over shared axes, as SVG. Hovering over a dot shows its value without a script.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">Label of the horizontal axis.</param>
/// <param name="YLabel">Label of the vertical axis.</param>
/// <param name="Lines">At most four.</param>
internal sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<ChartLine> Lines) : ReportChart(Title)
{
    private const double Width = 860;
    private const double Height = 300;
    private const double Left = 70;
    private const double Right = 30;
    private const double Top = 28;
    private const double Bottom = 42;
    private const int DotsMax = 240;
    private const int ColoursMax = 4;

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    [JsonIgnore]
    public bool LogarithmicY { get; init; }

    /// <summary>Ticks of the horizontal axis; null for round numbers.</summary>
    [JsonIgnore]
    public IReadOnlyList<AxisTick>? XTicks { get; init; }

    public override string Draw()
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        if (points.Count == 0) return Nothing;
        var highestX = points.Max(point => point.X);
        var x = XTicks is { } ticks ? Axis.Of(0, Math.Max(highestX, ticks[^1].At), ticks) : Axis.Linear(0, highestX);
        var highestY = points.Max(point => point.Y);
        var y = LogarithmicY
            ? Axis.Logarithmic(points.Where(point => point.Y > 0).Select(point => point.Y).DefaultIfEmpty(1).Min(), highestY)
            : Axis.Linear(0, highestY);

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Page.Text($"{YLabel} by {XLabel}")}\">\n"));
        DrawAxes(svg, x, y);
        for (var n = 0; n < Lines.Count; n++) DrawLine(svg, Lines[n], n % ColoursMax, n, x, y);
        return svg.Append("</svg>").ToString();
    }

    private void DrawAxes(StringBuilder svg, Axis x, Axis y)
    {
        foreach (var tick in y.Ticks)
        {
            var height = YOf(y, tick.At);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{height:0.#}\" y2=\"{height:0.#}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 8}\" y=\"{height + 4:0.#}\" text-anchor=\"end\">{Page.Text(tick.Text)}</text>\n"));
        }

        foreach (var tick in x.Ticks)
            svg.Append(
                Invariant($"<text x=\"{XOf(x, tick.At):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">") +
                Invariant($"{Page.Text(tick.Text)}</text>\n"));
        svg.Append(Invariant($"<text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">{Page.Text(XLabel)}</text>\n"));
        svg.Append(Invariant($"<text x=\"{Left}\" y=\"14\">{Page.Text(YLabel)}</text>\n"));
    }

    private static void DrawLine(StringBuilder svg, ChartLine line, int colour, int position, Axis x, Axis y)
    {
        if (line.Points.Count == 0) return;
        svg.Append($"<path class=\"s{colour}\" d=\"");
        for (var n = 0; n < line.Points.Count; n++)
            svg.Append(Invariant($"{(n == 0 ? 'M' : 'L')}{XOf(x, line.Points[n].X):0.#} {YOf(y, line.Points[n].Y):0.#}"));
        svg.Append("\"/>\n");
        if (line.Points.Count <= DotsMax)
        {
            foreach (var point in line.Points)
                svg.Append(
                    Invariant($"<circle class=\"s{colour}\" cx=\"{XOf(x, point.X):0.#}\" cy=\"{YOf(y, point.Y):0.#}\" r=\"2\">") +
                    Invariant($"<title>{Page.Text(line.Name)}: {point.Y:#,0.##}</title></circle>\n"));
        }

        var legend = Width - Right - ((position + 1) * 110);
        svg.Append(
            Invariant(
                $"<path class=\"s{colour}\" d=\"M{legend} 10h18\"/><text x=\"{legend + 24}\" y=\"14\">{Page.Text(line.Name)}</text>\n"));
    }

    private static double XOf(Axis x, double value) => Left + (x.Share(value) * (Width - Left - Right));

    private static double YOf(Axis y, double value) => Height - Bottom - (y.Share(value) * (Height - Top - Bottom));
}
