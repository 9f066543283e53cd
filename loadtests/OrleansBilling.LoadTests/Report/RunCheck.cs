using System.Globalization;

namespace OrleansBilling.LoadTests.Report;

/// <summary>One thing that must hold after a run, and whether it does.</summary>
/// <param name="What">In words.</param>
/// <param name="Expected">What it must be.</param>
/// <param name="Got">What it is.</param>
/// <param name="Ok">Whether that is so.</param>
internal sealed record RunCheck(string What, string Expected, string Got, bool Ok)
{
    /// <summary>Two numbers that must be the same.</summary>
    public static RunCheck Same(string what, long expected, long got) => new(what, Text(expected), Text(got), expected == got);

    /// <summary>Something that must not occur.</summary>
    public static RunCheck None(string what, long got) => Same(what, 0, got);

    public static ReportTable Table(IReadOnlyList<RunCheck> checks) => new(
        "Audit", ["what", ">expected", ">got", "ok"],
        [.. checks.Select(check => (IReadOnlyList<string>)[check.What, check.Expected, check.Got, check.Ok ? "yes" : "NO"])]);

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
