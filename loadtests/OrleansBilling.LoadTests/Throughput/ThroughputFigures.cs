using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The figures measured so far. Shows each figure as it arrives.</summary>
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
        Screen.Line(Numbers.Invariant($"{way.Name}: {way.PerSecond:N0} per second"));
    }

    public void Add(BillingDay day)
    {
        billingDays.Add(day);
        Screen.Line(Numbers.Invariant($"{day.Way}: {day.PerSecond:N0} renewals per second"));
    }

    public void AddUsage(Measurement way)
    {
        Add(way);
        Add($"usage events through a silo, {UsageWay.Burst} in a command", way.PerSecond * UsageWay.Burst, "a second", "≥ 40,000");
    }

    public void Add(IEnumerable<RunCheck> found) => checks.AddRange(found);

    public void AddCold(ColdLoads cold)
    {
        Add("stored subscriptions loaded by the bare handler", cold.PerSecond, "per second");
        Add("a live subscription of the bare handler, snapshot included", cold.BytesEach, "bytes");
    }

    public void AddSiloCold(ColdLoads cold)
    {
        Add("stored subscriptions loaded by a silo", cold.PerSecond, "per second", "≥ 25,000");
        Add("a live grain in memory, snapshot included", cold.BytesEach, "bytes", "≤ 2,560");
    }

    public void Add(StartUp start)
    {
        Add("start of a gateway until it is ready", start.ReadySeconds, "s");
        Add("start of a gateway until its first command is acknowledged", start.FirstCommandSeconds, "s");
    }

    public void Add(DatabaseSize size)
    {
        Add("a subscription on disk: snapshot, directory, indexes", size.SubscriptionBytes, "bytes");
        Add("an event on disk, with its index", size.EventBytes, "bytes");
        Add("the whole database", size.DatabaseBytes / (1024d * 1024d), "MiB");
    }

    public RunReport Report(DateTimeOffset startedAt, IReadOnlyList<Condition> conditions)
    {
        var rates = ways.ToDictionary(way => way.Name, way => way.PerSecond, StringComparer.Ordinal);
        foreach (var day in billingDays) rates[day.Way] = day.PerSecond;
        return new RunReport
        {
            Name = "throughput",
            Title = "Throughput",
            Description = "Durable commands per second, compared with baselines in the same run",
            StartedAt = startedAt,
            Conditions = conditions,
            Tables =
            [
                MeasurementRows.Table("One transaction per command: which way is best", "shape", BaselineTrials),
                MeasurementRows.Table("Durable commands per second (constant: no command, the baseline for HTTP)", "way", ways),
                BillingDay.Table(billingDays),
            ],
            Figures = figures,
            Ratios = ThroughputRatios.Of(rates),
            Checks =
            [
                RunCheck.None("ways with failed commands or without any done", ways.Count(way => way is not { Failed: 0, Done: > 0 })),
                .. checks,
            ],
            Charts = [new BarChart("Durable commands per second", [.. ways.Select(way => new ChartBar(way.Name, way.PerSecond))])],
        };
    }

    private void Add(string what, double value, string unit, string goal = "")
    {
        figures.Add(new SingleFigure(what, value, unit, goal));
        Screen.Line(Numbers.Invariant($"{what}: {value:N1} {unit}"));
    }
}
