using System.Diagnostics;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Measuring;

/// <summary>
/// A fixed number of callers, each of which sends its next command when the last one came back. Warm-up lasts until every
/// caller has been through its subscriptions once, but not shorter or longer than it is told: the compiler needs some seconds
/// of it, too.
/// </summary>
internal sealed class ClosedLoop(TimeSpan measured, TimeSpan warmUpMin, TimeSpan warmUpMax)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs callers, each of which calls the meter until it no longer runs.</summary>
    public async Task<Measurement> RunAsync(
        string way, int callers, ProcessorUse processors, Func<int, Meter, Task> caller, CancellationToken cancellationToken)
    {
        var meter = new Meter();
        var running = Task.WhenAll(Enumerable.Range(0, callers).Select(n => Task.Run(() => caller(n, meter), CancellationToken.None)));
        try
        {
            await WarmUpAsync(meter, callers, running, cancellationToken);
            var before = processors.Read();
            var startedAt = Stopwatch.GetTimestamp();
            meter.StartMeasuring();
            await Task.WhenAny(running, Task.Delay(measured, cancellationToken));
            meter.Stop();
            var elapsed = Stopwatch.GetElapsedTime(startedAt);
            var after = processors.Read();
            cancellationToken.ThrowIfCancellationRequested();
            await running;
            return Measurement.Of(way, callers, meter, elapsed, ProcessorUse.Between(before, after, meter.Done));
        }
        finally
        {
            meter.Stop();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
