namespace OrleansBilling.Storage;

/// <summary>
/// Runs a task at a fixed interval of operational time until disposed. The interval counts from start to start. The task handles its
/// own failures.
/// </summary>
internal sealed class BackgroundLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PeriodicTimer timer;
    private readonly Task running;

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
            // Stopped on request.
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
