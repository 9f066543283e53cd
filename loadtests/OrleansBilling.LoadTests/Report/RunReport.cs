using System.Globalization;
using System.Text.Json.Serialization;
using OrleansBilling.LoadTests.Report.Charts;

namespace OrleansBilling.LoadTests.Report;

/// <summary>What a run came to, whichever command made it: what differs between commands is data.</summary>
internal sealed record RunReport
{
    /// <summary>What its files are called.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One line for people.</summary>
    public required string Description { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Under what it was made, without which its figures say nothing.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Figures that stand for themselves.</summary>
    public IReadOnlyList<SingleFigure> Figures { get; init; } = [];

    /// <summary>Figures of this run against each other.</summary>
    public IReadOnlyList<Ratio> Ratios { get; init; } = [];

    /// <summary>What must hold.</summary>
    public IReadOnlyList<RunCheck> Checks { get; init; } = [];

    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    public bool Ok => Checks.All(check => check.Ok);

    /// <summary>Everything but the charts as tables, for the screen and for the page; those without rows are left out.</summary>
    [JsonIgnore]
    public IEnumerable<ReportTable> AllTables =>
        ((ReportTable[])[ConditionsTable, .. Tables, FiguresTable, RatiosTable, ChecksTable]).Where(table => table.Rows.Count > 0);

    private ReportTable ConditionsTable =>
        new("Conditions", ["what", "value"], [.. Conditions.Select(row => (IReadOnlyList<ReportCell>)[row.What, row.Value])]);

    private ReportTable FiguresTable => new(
        "Single figures", ["what", ">value", "unit", ">goal"],
        [.. Figures.Select(figure => (IReadOnlyList<ReportCell>)
            [figure.What, ReportCell.Of(figure.Value, "N1"), figure.Unit, figure.Goal])]);

    private ReportTable RatiosTable => new(
        "Ratios in this run", ["what", ">ratio", ">goal"],
        [.. Ratios.Select(ratio => (IReadOnlyList<ReportCell>)
            [ratio.What, ReportCell.Of(ratio.Value, "0.00"), ratio.Goal is { } goal ? ReportCell.Of(goal, "0.00") : ""])]);

    private ReportTable ChecksTable => new(
        "Audit", ["what", ">expected", ">got", "ok"],
        [.. Checks.Select(check => (IReadOnlyList<ReportCell>)[check.What, check.Expected, check.Got, check.Ok ? "yes" : "NO"])]);
}

/// <summary>One thing under which a run was made.</summary>
internal sealed record Condition(string What, string Value);

/// <summary>A figure that stands for itself, with its goal where there is one (see "Figures" in the load tests' README).</summary>
internal sealed record SingleFigure(string What, double Value, string Unit, string Goal = "");

/// <summary>Two figures of one run against each other, with their goal where there is one.</summary>
internal sealed record Ratio(string What, double Value, double? Goal);

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

    /// <summary>A number with a limit.</summary>
    public static RunCheck AtMost(string what, double limit, double got, string format) => new(
        what, $"at most {limit.ToString(format, CultureInfo.InvariantCulture)}", got.ToString(format, CultureInfo.InvariantCulture),
        got <= limit);

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
