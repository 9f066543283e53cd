namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// A fixed number of callers. Each sends its next command when the previous one returns, until the meter stops it. Disposing
/// stops all callers.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly Meter meter;

    /// <summary>Starts the callers; each gets its number, from 0.</summary>
    public Callers(int count, Meter meter, Func<int, Meter, Task> caller)
    {
        this.meter = meter;
        Ended = Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Run(() => caller(n, meter), CancellationToken.None)));
    }

    /// <summary>Completes with the last caller, or fails with the first fault.</summary>
    public Task Ended { get; }

    public Task StopAsync()
    {
        meter.Stop();
        return Ended;
    }

    public async ValueTask DisposeAsync()
    {
        meter.Stop();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
