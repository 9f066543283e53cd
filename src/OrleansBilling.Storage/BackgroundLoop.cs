namespace OrleansBilling.Storage;

/// <summary>Runs something again and again, at a fixed interval of operational time, until it is disposed.</summary>
internal sealed class BackgroundLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PeriodicTimer timer;
    private readonly Task running;

    /// <param name="interval">From the start of one run to that of the next.</param>
    /// <param name="timeProvider">Whose time.</param>
    /// <param name="run">What to do; it deals with its own failures.</param>
    public BackgroundLoop(TimeSpan interval, TimeProvider timeProvider, Func<CancellationToken, Task> run)
    {
        timer = new PeriodicTimer(interval, timeProvider);
        running = RunAsync(run);
    }

    private async Task RunAsync(Func<CancellationToken, Task> run)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token)) await run(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        timer.Dispose();
        stopping.Dispose();
    }
}
