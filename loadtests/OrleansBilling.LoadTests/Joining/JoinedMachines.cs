using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Report.Charts;

namespace OrleansBilling.LoadTests.Joining;

/// <summary>
/// The combined measurement of several machines: percentiles over all latencies, as if one machine had recorded them, and the
/// sum of the rates.
/// </summary>
internal sealed class JoinedMachines
{
    /// <summary>Machines that started further apart did not load the system together.</summary>
    private static readonly TimeSpan ApartMax = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<HistogramHeader> machines;
    private readonly IReadOnlyList<Measurement> rows;

    private JoinedMachines(IReadOnlyList<HistogramFile> files)
    {
        machines = [.. files.Select(file => file.Header)];
        rows = [.. files.Select(MeasurementOf)];
        foreach (var file in files) Latencies.Add(file.Latencies);
        Whole = new Measurement
        {
            Name = "together",
            InFlightMax = rows.Sum(row => row.InFlightMax),
            Done = rows.Sum(row => row.Done),
            Refused = rows.Sum(row => row.Refused),
            Failed = rows.Sum(row => row.Failed),
            Seconds = rows.Max(row => row.Seconds),
            Latency = Latencies.Whole(),
            HeldBack = rows.Sum(row => row.HeldBack),
        };
    }

    public LatencyHistogram Latencies { get; } = new();

    public Measurement Whole { get; }

    /// <exception cref="LoadTestException">The files are not from one run; the message names the file.</exception>
    public static JoinedMachines Of(IReadOnlyList<(string Path, HistogramFile File)> files)
    {
        var (firstPath, first) = files[0];
        var seen = new Dictionary<int, string>();
        foreach (var (path, file) in files)
        {
            var header = file.Header;
            if ((header.Scenario, header.Target, header.Loop) != (first.Header.Scenario, first.Header.Target, first.Header.Loop))
                throw new LoadTestException(
                    $"{path} is of {header.Scenario} by {header.Target}, {header.Loop} loop, " +
                    $"but {firstPath} is of {first.Header.Scenario} by {first.Header.Target}, {first.Header.Loop} loop.");
            if (header.Machines != first.Header.Machines)
                throw new LoadTestException(
                    $"{path} is of {header.Machines} machines, but {firstPath} is of {first.Header.Machines}.");
            if (!seen.TryAdd(header.Machine, path))
                throw new LoadTestException($"{path} and {seen[header.Machine]} both come from machine {header.Machine}.");
        }

        return new JoinedMachines([.. files.Select(pair => pair.File).OrderBy(file => file.Header.Machine)]);
    }

    public RunReport Report() => new()
    {
        Name = $"{machines[0].Scenario}-{machines[0].Target}-joined",
        Title = $"{machines[0].Scenario}, by {machines[0].Target}, {machines.Count} machines together",
        Description = "Percentiles cover the latencies of all machines; the rate is all commands divided by the longest run",
        StartedAt = machines.Min(machine => machine.StartedAt),
        Conditions =
        [
            new("loop", machines[0].Loop),
            .. machines[0].Rate is null ? (Condition[])[]
                : [new("arrivals per second", Numbers.Invariant($"{machines.Sum(machine => machine.Rate ?? 0):N0}"))],
            .. machines.Select(machine => new Condition(
                $"machine {machine.Machine} started", Numbers.Invariant($"{machine.StartedAt:yyyy-MM-dd HH:mm:ss.fff}"))),
        ],
        Tables = [MeasurementRows.Table("Commands", "machine", [.. rows, Whole])],
        Checks =
        [
            RunCheck.Same("machines joined", machines[0].Machines, machines.Count),
            RunCheck.None("machines whose own audit failed", machines.LongCount(machine => !machine.AuditHolds)),
            RunCheck.None("commands that failed", Whole.Failed),
            RunCheck.AtMost(
                "seconds between the first and the last start", ApartMax.TotalSeconds,
                (machines.Max(machine => machine.StartedAt) - machines.Min(machine => machine.StartedAt)).TotalSeconds, "0.000"),
        ],
        Charts = [LatencyChart.Of(Latencies)],
    };

    private static Measurement MeasurementOf(HistogramFile file) => new()
    {
        Name = Numbers.Invariant($"{file.Header.Machine} of {file.Header.Machines}"),
        InFlightMax = file.Header.InFlightMax,
        Done = file.Header.Done,
        Refused = file.Header.Refused,
        Failed = file.Header.Failed,
        Seconds = file.Header.Seconds,
        Latency = file.Latencies.Whole(),
        HeldBack = file.Header.HeldBack,
    };
}
