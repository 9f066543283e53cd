using OrleansBilling.Silo.Placement;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// After the members change, deactivates the grains of this silo that the ring has given to another one. Nobody calls them
/// here any more, and until they are collected they would take memory twice.
/// </summary>
internal sealed class RingSweep(RingMembers members, RingResidents residents, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Deactivations between two pauses, so that a large sweep leaves the processors to commands.</summary>
    private const int BatchMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stopping = new();
    private Task sweeping = Task.CompletedTask;

    /// <summary>Why a grain leaves.</summary>
    public static DeactivationReason Moved { get; } =
        new(DeactivationReasonCode.ShuttingDown, "The ring gave this grain to another silo.");

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(RingSweep), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var stopped = stopping.Token;
        sweeping = Task.Run(() => WatchAsync(stopped), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await sweeping.WaitAsync(cancellationToken);
    }

    private async Task WatchAsync(CancellationToken stopped)
    {
        var seen = members.Present.Version;
        while (!stopped.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var present = members.Present.Version;
            if (present == seen) continue;
            await SweepAsync(stopped);
            seen = present;
        }
    }

    private async Task SweepAsync(CancellationToken stopped)
    {
        foreach (var batch in residents.FindMoved().Chunk(BatchMax))
        {
            if (stopped.IsCancellationRequested) return;
            foreach (var grain in batch) ((IGrainBase)grain).GrainContext.Deactivate(Moved, CancellationToken.None);
            await Task.Delay(Pause, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
