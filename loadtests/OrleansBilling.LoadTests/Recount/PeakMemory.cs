using System.Diagnostics;

namespace OrleansBilling.LoadTests.Recount;

/// <summary>The peak memory of this process while measured: load generator, runtime and recount together.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;
    private long managedPeak;
    private long residentPeak;

    public PeakMemory()
    {
        ManagedAtStart = GC.GetTotalMemory(forceFullCollection: true);
        watching = Task.Run(WatchAsync);
    }

    public long ManagedAtStart { get; }

    public long ManagedPeak => Interlocked.Read(ref managedPeak);

    public long ResidentPeak => Interlocked.Read(ref residentPeak);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        using var process = Process.GetCurrentProcess();
        while (!stop.IsCancellationRequested)
        {
            process.Refresh();
            managedPeak = Math.Max(managedPeak, GC.GetTotalMemory(forceFullCollection: false));
            residentPeak = Math.Max(residentPeak, process.WorkingSet64);
            Task next = timer.WaitForNextTickAsync(stop.Token).AsTask();
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
