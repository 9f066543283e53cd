using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>Latency by percentile. Each additional nine gets the same width.</summary>
internal static class LatencyChart
{
    private static readonly AxisTick[] Ticks =
        [new(0, "0 %"), new(Nines(50), "50 %"), new(Nines(90), "90 %"), new(Nines(99), "99 %"), new(Nines(99.9), "99.9 %"),
            new(Nines(99.99), "99.99 %")];

    public static LineChart Of(LatencyHistogram latencies)
    {
        var points = latencies.Distribution().Where(quantile => quantile.Percentile < 100)
            .Select(quantile => new ChartPoint(Nines(quantile.Percentile), quantile.Milliseconds));
        return new LineChart(
            "Latency by percentile", "share of commands that took at most this long", "milliseconds",
            [new ChartLine("latency", [.. points])])
        {
            LogarithmicY = true, XTicks = Ticks,
        };
    }

    private static double Nines(double percentile) => -Math.Log10(1 - (percentile / 100));
}
