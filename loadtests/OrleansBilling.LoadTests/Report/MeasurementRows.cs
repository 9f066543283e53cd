using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Report;

/// <summary>Measurements as table rows, in one format for throughput, scenarios and joined machines.</summary>
internal static class MeasurementRows
{
    private static readonly string[] Columns =
        [">in flight", ">done", ">per second", ">p50 ms", ">p90 ms", ">p99 ms", ">p99.9 ms", ">max ms", ">refused", ">failed", ">held back",
            "processor µs each"];

    /// <summary>A table of measurements; leaves out those without commands.</summary>
    public static ReportTable Table(string title, string what, IEnumerable<Measurement> measurements) => new(
        title, [what, .. Columns], [.. measurements.Where(measurement => measurement.Count > 0).Select(Row)]);

    /// <summary>A table of the reasons why commands were not done.</summary>
    public static ReportTable Codes(Measurement measurement) => new(
        "Refusals and failures", ["code", ">commands"],
        [.. measurement.Codes.OrderByDescending(code => code.Value)
            .Select(code => (IReadOnlyList<ReportCell>)[code.Key, ReportCell.Of(code.Value)])]);

    private static IReadOnlyList<ReportCell> Row(Measurement measurement)
    {
        var latency = measurement.Latency;
        return
        [
            measurement.Name, ReportCell.Of(measurement.InFlightMax), ReportCell.Of(measurement.Done), ReportCell.Of(measurement.PerSecond),
            ReportCell.Of(latency.P50, "N2"), ReportCell.Of(latency.P90, "N2"), ReportCell.Of(latency.P99, "N2"),
            ReportCell.Of(latency.P999, "N2"), ReportCell.Of(latency.Max, "N2"), ReportCell.Of(measurement.Refused),
            ReportCell.Of(measurement.Failed), ReportCell.Of(measurement.HeldBack), Numbers.Processors(measurement.ProcessorMicroseconds),
        ];
    }
}
