using System.Globalization;
using System.Text;

namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>Named bars, one below the other, as SVG.</summary>
internal static class BarChart
{
    private const double Width = 860;
    private const double Left = 190;
    private const double Right = 90;
    private const double RowHeight = 26;

    public static string Draw(IReadOnlyList<(string Name, double Value)> bars)
    {
        if (bars.Count == 0) return "<p class=\"lead\">Nothing was measured.</p>";
        var axis = Axis.Linear(0, bars.Max(bar => bar.Value));
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {bars.Count * RowHeight}\" role=\"img\" aria-label=\"bars\">\n"));
        for (var n = 0; n < bars.Count; n++)
        {
            var width = axis.Share(bars[n].Value) * (Width - Left - Right);
            var top = n * RowHeight;
            svg.Append(Invariant($"<text x=\"{Left - 10}\" y=\"{top + 17}\" text-anchor=\"end\">{Page.Text(bars[n].Name)}</text>"));
            svg.Append(Invariant($"<rect class=\"s0\" x=\"{Left}\" y=\"{top + 4}\" width=\"{width:0.#}\" height=\"{RowHeight - 8}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left + width + 8:0.#}\" y=\"{top + 17}\">{bars[n].Value:#,0}</text>\n"));
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
