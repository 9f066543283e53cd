using OrleansBilling.Silo.Placement;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// After the members change, deactivates the grains of this silo that the ring has given to another one. Nobody calls them
/// here any more, and until they are collected they would take memory twice.
/// </summary>
internal sealed class RingSweep(IClusterMembershipService membership, RingResidents residents, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Deactivations between two pauses, so that a large sweep leaves the processors to commands.</summary>
    private const int BatchMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly DeactivationReason Moved = new(DeactivationReasonCode.ShuttingDown, "The ring gave this grain to another silo.");

    private readonly CancellationTokenSource stopping = new();
    private Task sweeping = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(RingSweep), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        sweeping = Task.Run(SweepAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await sweeping.WaitAsync(cancellationToken);
    }

    private async Task SweepAsync()
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(stopping.Token))
            {
                foreach (var batch in residents.FindMoved().Chunk(BatchMax))
                {
                    foreach (var grain in batch) ((IGrainBase)grain).GrainContext.Deactivate(Moved);
                    await Task.Delay(Pause, time, stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }
}
