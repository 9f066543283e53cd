using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The figures of one run that are compared, with the goals of the design.</summary>
internal static class ThroughputRatios
{
    /// <summary>Statistics may cost at most 15 %.</summary>
    private const double StatisticsGoal = 0.85;

    private static readonly (string What, string Of, string To, double? Goal)[] All =
    [
        ("silo ÷ bare handler", WayNames.Orleans, WayNames.Runtime, 0.8),
        ("silo ÷ one transaction per command", WayNames.Orleans, WayNames.Baseline, 3.5),
        ("silo ÷ Orleans with its own storage", WayNames.Orleans, WayNames.StockOrleans, 3.5),
        ("HTTP ÷ constant over HTTP", WayNames.Http, WayNames.Constant, 0.38),
        ("lines over HTTP ÷ silo", WayNames.Bulk, WayNames.Orleans, 0.85),
        ("silo billing day ÷ bare billing day", WayNames.OrleansBillingDay, WayNames.BillingDay, 0.75),
        ("silo ÷ silo with fewer subscriptions (--small)", WayNames.Orleans, WayNames.OrleansSmall, 0.8),
        ("bare handler ÷ one transaction per command", WayNames.Runtime, WayNames.Baseline, null),
        ("bare handler ÷ bare journal", WayNames.Runtime, WayNames.Journal, null),
        ("bare journal ÷ one transaction per command", WayNames.Journal, WayNames.Baseline, null),
        ("bare handler ÷ bare handler with fewer subscriptions (--small)", WayNames.Runtime, WayNames.RuntimeSmall, null),
        ("HTTP ÷ one transaction per command", WayNames.Http, WayNames.Baseline, null),
        ("lines over HTTP ÷ one transaction per command", WayNames.Bulk, WayNames.Baseline, null),
        ("commands that count: with statistics ÷ without", WayNames.WithStatistics, WayNames.WithoutStatistics, StatisticsGoal),
        ("bare billing day: with statistics ÷ without", WayNames.BillingDay, WayNames.BillingDayUncounted, StatisticsGoal),
    ];

    /// <summary>The ratios that have both figures.</summary>
    /// <param name="rates">Rate per second, by the name of the way.</param>
    public static IReadOnlyList<Ratio> Of(IReadOnlyDictionary<string, double> rates)
    {
        var found = new List<Ratio>();
        foreach (var (what, of, to, goal) in All)
        {
            if (rates.TryGetValue(of, out var above) && rates.TryGetValue(to, out var below) && below > 0)
                found.Add(new Ratio(what, above / below, goal));
        }

        return found;
    }
}
