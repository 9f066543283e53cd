namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// A fixed number of callers, each of which sends its next command when the last one came back, until the meter tells it to
/// stop. Disposing stops them.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly Meter meter;

    /// <summary>Starts them; each is given its number, from 0.</summary>
    public Callers(int count, Meter meter, Func<int, Meter, Task> caller)
    {
        this.meter = meter;
        Ended = Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Run(() => caller(n, meter), CancellationToken.None)));
    }

    /// <summary>Completes with the last of them, or with the first fault.</summary>
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
