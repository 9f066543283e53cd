namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>Named bars, one below the other.</summary>
internal sealed record BarChart(string Title, IReadOnlyList<ChartBar> Bars) : ReportChart(Title)
{
    public override string Draw()
    {
        if (Bars.Count == 0) return Nothing;
        var longest = Math.Max(Bars.Max(bar => bar.Value), 1e-9);
        return string.Concat(Bars.Select(bar =>
            Numbers.Invariant($"<div class=\"bar\"><span>{Page.Text(bar.Name)}</span>") +
            Numbers.Invariant($"<i style=\"width:{60 * bar.Value / longest:0.#}%\"></i> {bar.Value:#,0}</div>\n")));
    }
}

internal sealed record ChartBar(string Name, double Value);
