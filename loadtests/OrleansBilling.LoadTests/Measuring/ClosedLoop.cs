using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Measures callers for a fixed time. The warm-up ends when every caller has gone through its subscriptions once, but stays
/// within the given minimum and maximum. The minimum gives the JIT compiler some seconds.
/// </summary>
internal sealed class ClosedLoop(TimeSpan measured, TimeSpan warmUpMin, TimeSpan warmUpMax)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the callers. Each must return when the meter stops.</summary>
    public async Task<Measurement> RunAsync(
        string name, int callers, ProcessorUse processors, Func<int, Meter, Task> caller, CancellationToken cancellationToken)
    {
        var meter = new Meter(CountedBy.Return);
        await using var running = new Callers(callers, meter, caller);
        await WarmUpAsync(meter, callers, running.Ended, cancellationToken);
        var before = processors.Read();
        meter.MeasureFrom(Stopwatch.GetTimestamp());
        await Task.WhenAny(running.Ended, Task.Delay(measured, cancellationToken));
        meter.Stop();
        var after = processors.Read();
        cancellationToken.ThrowIfCancellationRequested();
        await running.Ended;
        return Measurement.Of(name, callers, meter) with
        {
            ProcessorMicroseconds = ProcessorUse.Between(before, after, meter.Done),
        };
    }

    private async Task WarmUpAsync(Meter meter, int callers, Task running, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!running.IsCompleted)
        {
            var elapsed = Stopwatch.GetElapsedTime(startedAt);
            if (elapsed > warmUpMax || (elapsed > warmUpMin && meter.Rounds >= callers)) return;
            await Task.Delay(Poll, cancellationToken);
        }
    }
}
