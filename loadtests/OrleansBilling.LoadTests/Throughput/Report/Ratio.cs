using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>Two figures of one run against each other, with their goal where there is one (see "Figures" in the load tests' README).</summary>
internal sealed record Ratio(string What, double Value, double? Goal)
{
    /// <summary>Statistics cost at most 15 %.</summary>
    private const double StatisticsGoal = 0.85;

    private static readonly (string What, string Of, string To, double? Goal)[] All =
    [
        ("runtime ÷ one transaction per command", WayNames.Runtime, WayNames.Baseline, 3.5),
        ("runtime ÷ bare journal", WayNames.Runtime, WayNames.Journal, 0.7),
        ("runtime ÷ Orleans with its own storage", WayNames.Runtime, WayNames.StockOrleans, 2.5),
        ("silo ÷ Orleans with its own storage", WayNames.Orleans, WayNames.StockOrleans, null),
        ("bare journal ÷ one transaction per command", WayNames.Journal, WayNames.Baseline, null),
        ("HTTP ÷ constant over HTTP", WayNames.Http, WayNames.Constant, 0.25),
        ("lines over HTTP ÷ runtime", WayNames.Bulk, WayNames.Runtime, 0.8),
        ("HTTP ÷ one transaction per command", WayNames.Http, WayNames.Baseline, null),
        ("lines over HTTP ÷ one transaction per command", WayNames.Bulk, WayNames.Baseline, null),
        ("commands that count: with statistics ÷ without", WayNames.WithStatistics, WayNames.WithoutStatistics, StatisticsGoal),
        ("runtime ÷ runtime with fewer subscriptions (--small)", WayNames.Runtime, WayNames.RuntimeSmall, 0.8),
    ];

    /// <summary>Those whose both sides were measured.</summary>
    public static IReadOnlyList<Ratio> Of(IReadOnlyList<Measurement> ways, BillingDay? day, BillingDay? dayWithoutStatistics)
    {
        var found = new List<Ratio>();
        foreach (var (what, of, to, goal) in All)
        {
            var above = ways.FirstOrDefault(way => way.Way == of);
            var below = ways.FirstOrDefault(way => way.Way == to);
            if (above is not null && below is { PerSecond: > 0 }) found.Add(new Ratio(what, above.PerSecond / below.PerSecond, goal));
        }

        if (day is not null && dayWithoutStatistics is { PerSecond: > 0 })
            found.Add(new Ratio("billing day: with statistics ÷ without", day.PerSecond / dayWithoutStatistics.PerSecond, StatisticsGoal));
        return found;
    }
}
