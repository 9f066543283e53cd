using System.Globalization;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Report;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>What has been measured so far; each figure is shown as it comes.</summary>
internal sealed class ThroughputFigures
{
    private readonly List<Measurement> ways = [];
    private readonly List<BillingDay> billingDays = [];
    private readonly List<SingleFigure> figures = [];
    private readonly List<RunCheck> checks = [];

    public IReadOnlyList<Measurement> BaselineTrials { get; set; } = [];

    public void Add(Measurement way)
    {
        ways.Add(way);
        Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{way.Way}: {way.PerSecond:N0} a second"));
    }

    public void Add(BillingDay day)
    {
        billingDays.Add(day);
        Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{day.Way}: {day.PerSecond:N0} renewals a second"));
    }

    public void Add(IEnumerable<SingleFigure> found)
    {
        foreach (var figure in found)
        {
            figures.Add(figure);
            Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{figure.What}: {figure.Value:N1} {figure.Unit}"));
        }
    }

    public void Add(IEnumerable<RunCheck> found) => checks.AddRange(found);

    public ThroughputReport Report(DateTimeOffset startedAt, Conditions conditions) => new()
    {
        StartedAt = startedAt,
        Conditions = conditions,
        BaselineTrials = BaselineTrials,
        Ways = ways,
        BillingDays = billingDays,
        Figures = figures,
        Ratios = Ratio.Of(ways, billingDays),
        Checks = checks,
    };
}
