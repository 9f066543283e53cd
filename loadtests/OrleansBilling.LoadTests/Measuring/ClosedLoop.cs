using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Measures callers for a fixed time. Warm-up lasts until every caller has been through its subscriptions once, but not
/// shorter or longer than it is told: the compiler needs some seconds of it, too.
/// </summary>
internal sealed class ClosedLoop(TimeSpan measured, TimeSpan warmUpMin, TimeSpan warmUpMax)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs callers, each of which calls the meter until it no longer runs.</summary>
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
