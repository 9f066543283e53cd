using System.Diagnostics;
using System.Globalization;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Due;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Samples a running load once a second: records the series and shows the status.</summary>
/// <param name="meter">Null when there are no commands.</param>
/// <param name="due">Null when nothing falls due.</param>
/// <param name="show">Called with the current status.</param>
internal sealed class LoadWatch(Meter? meter, DueProgress? due, Action<string> show)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>If the last sample comes sooner than this, it is too short to give a rate.</summary>
    private const double SecondsMin = 0.5;
    private readonly List<SeriesPoint> series = [];
    private long doneBefore;
    private long paidBefore;
    private double secondBefore;

    public IReadOnlyList<SeriesPoint> Series => series;

    /// <summary>Samples until stopped, and once more then.</summary>
    /// <param name="measuredFrom">Timestamp at which the measurement starts; it may be in the future.</param>
    /// <param name="stop">Ends the sampling.</param>
    public async Task RunAsync(long measuredFrom, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) Look(measuredFrom);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Look(measuredFrom);
        }
    }

    private void Look(long measuredFrom)
    {
        var second = (Stopwatch.GetTimestamp() - measuredFrom) / (double)Stopwatch.Frequency;
        if (second <= 0)
        {
            show($"warming up, {Text(meter?.InFlight ?? 0)} in flight");
            return;
        }

        var length = second - secondBefore;
        if (length < SecondsMin) return;
        var latency = meter?.Latencies.TakeInterval() ?? default;
        var done = meter?.Done ?? 0;
        var paid = due?.Points is [.., var latest] ? latest.Paid : 0;
        var point = new SeriesPoint(
            second, (done - doneBefore) / length, latency.P50, latency.P99, latency.Max, meter?.InFlight ?? 0,
            (paid - paidBefore) / length);
        (doneBefore, paidBefore, secondBefore) = (done, paid, second);
        series.Add(point);
        show(Describe(point, paid));
    }

    private string Describe(SeriesPoint point, long paid)
    {
        var parts = new List<string> { $"{Text((long)point.Second)} s" };
        if (meter is not null)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.PerSecond:N0}/s, p50 {point.P50:0.0} ms, p99 {point.P99:0.0} ms, " +
                $"{point.InFlight:N0} in flight, {meter.Refused:N0} refused, {meter.Failed:N0} failed"));
        }

        if (due is not null)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{paid:N0} renewals paid, {point.RenewalsPerSecond:N0}/s"));
        return string.Join(", ", parts);
    }

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
