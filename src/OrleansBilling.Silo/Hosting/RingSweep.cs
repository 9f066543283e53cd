using OrleansBilling.Silo.Placement;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// After the members change, deactivates the grains of this silo that the ring has given to another one. Nobody calls them
/// here any more, and until they are collected they would take memory twice.
/// </summary>
internal sealed class RingSweep(IClusterMembershipService membership, RingResidents residents, TimeProvider time)
    : SiloLoop(membership, time)
{
    /// <summary>Deactivations between two pauses, so that a large sweep leaves the processors to commands.</summary>
    private const int BatchMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Why a grain leaves.</summary>
    public static DeactivationReason Moved { get; } =
        new(DeactivationReasonCode.ShuttingDown, "The ring gave this grain to another silo.");

    protected override async Task TurnAsync(bool membersChanged, CancellationToken stopped)
    {
        if (!membersChanged) return;
        foreach (var batch in residents.FindMoved().Chunk(BatchMax))
        {
            if (stopped.IsCancellationRequested) return;
            foreach (var grain in batch) ((IGrainBase)grain).GrainContext.Deactivate(Moved, CancellationToken.None);
            await Task.Delay(Pause, Time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
