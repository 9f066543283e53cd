using System.Globalization;
using System.Text.Json.Serialization;
using OrleansBilling.LoadTests.Report.Charts;

namespace OrleansBilling.LoadTests.Report;

/// <summary>The result of a run. All commands use this type; the differences between commands are data.</summary>
internal sealed record RunReport
{
    /// <summary>Base name of the report files.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One line for people.</summary>
    public required string Description { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The conditions of the run; figures mean nothing without them.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Single figures.</summary>
    public IReadOnlyList<SingleFigure> Figures { get; init; } = [];

    /// <summary>Ratios between figures of this run.</summary>
    public IReadOnlyList<Ratio> Ratios { get; init; } = [];

    /// <summary>Conditions that the run must meet.</summary>
    public IReadOnlyList<RunCheck> Checks { get; init; } = [];

    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    public bool Ok => Checks.All(check => check.Ok);

    /// <summary>Everything except charts as tables, for screen and page; leaves out empty tables.</summary>
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

/// <summary>A condition of the run.</summary>
internal sealed record Condition(string What, string Value);

/// <summary>A single figure, with its goal if there is one (see "Figures" in the load tests' README).</summary>
internal sealed record SingleFigure(string What, double Value, string Unit, string Goal = "");

/// <summary>The ratio of two figures of one run, with its goal if there is one.</summary>
internal sealed record Ratio(string What, double Value, double? Goal);

/// <summary>A condition that must hold after a run, and whether it does.</summary>
/// <param name="What">Description.</param>
/// <param name="Expected">The required value.</param>
/// <param name="Got">The actual value.</param>
/// <param name="Ok">Whether the check passed.</param>
internal sealed record RunCheck(string What, string Expected, string Got, bool Ok)
{
    /// <summary>Two numbers must be equal.</summary>
    public static RunCheck Same(string what, long expected, long got) => new(what, Text(expected), Text(got), expected == got);

    /// <summary>Something must not occur.</summary>
    public static RunCheck None(string what, long got) => Same(what, 0, got);

    /// <summary>A number must not exceed a limit.</summary>
    public static RunCheck AtMost(string what, double limit, double got, string format) => new(
        what, $"at most {limit.ToString(format, CultureInfo.InvariantCulture)}", got.ToString(format, CultureInfo.InvariantCulture),
        got <= limit);

    /// <summary>A number must reach a limit.</summary>
    public static RunCheck AtLeast(string what, double limit, double got, string format) => new(
        what, $"at least {limit.ToString(format, CultureInfo.InvariantCulture)}", got.ToString(format, CultureInfo.InvariantCulture),
        got >= limit);

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
