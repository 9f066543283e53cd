using OrleansBilling.LoadTests.Throughput.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>Two figures of one run against each other, with the goal of DESIGN section 10 where there is one.</summary>
internal sealed record Ratio(string What, double Value, double? Goal)
{
    private static readonly (string What, string Of, string To, double? Goal)[] All =
    [
        ("runtime ÷ one transaction per command", WayNames.Runtime, WayNames.Baseline, 3.5),
        ("runtime ÷ bare journal", WayNames.Runtime, WayNames.Journal, 0.7),
        ("bare journal ÷ one transaction per command", WayNames.Journal, WayNames.Baseline, null),
        ("HTTP ÷ constant over HTTP", WayNames.Http, WayNames.Constant, 0.25),
        ("lines over HTTP ÷ runtime", WayNames.Bulk, WayNames.Runtime, 0.8),
        ("HTTP ÷ one transaction per command", WayNames.Http, WayNames.Baseline, null),
        ("lines over HTTP ÷ one transaction per command", WayNames.Bulk, WayNames.Baseline, null),
    ];

    /// <summary>Those whose both sides were measured.</summary>
    public static IReadOnlyList<Ratio> Of(IReadOnlyList<Measurement> ways)
    {
        var found = new List<Ratio>();
        foreach (var (what, of, to, goal) in All)
        {
            var above = ways.FirstOrDefault(way => way.Way == of);
            var below = ways.FirstOrDefault(way => way.Way == to);
            if (above is not null && below is { PerSecond: > 0 }) found.Add(new Ratio(what, above.PerSecond / below.PerSecond, goal));
        }

        return found;
    }
}
