using OrleansBilling.Silo.Placement;

namespace OrleansBilling.Silo.Hosting;

/// <summary>The silo in this process. Its grains are called in memory, and grains on other silos through it.</summary>
internal sealed class LocalSilo : IClusterLink, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly TaskCompletionSource active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IGrainFactory grains;
    private readonly RingMembers members;
    private volatile bool isActive;

    public LocalSilo(IGrainFactory grains, RingMembers members) => (this.grains, this.members) = (grains, members);

    public IGrainFactory? Grains => isActive ? grains : null;

    public bool IsReachable => isActive;

    /// <summary>Never fires: Orleans itself ends the calls of a silo to one that is declared dead.</summary>
    public CancellationToken NextLoss => CancellationToken.None;

    public bool IsHere(GrainId grain) => members.IsHere(grain);

    /// <summary>Changes whenever the ring may place grains otherwise.</summary>
    public long RingVersion => members.Present.Version.Value;

    public Task WhenConnectedAsync(CancellationToken cancellationToken) => active.Task.WaitAsync(cancellationToken);

    /// <summary>Nothing to do: the silo starts with the process.</summary>
    public void Start()
    {
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(
            nameof(LocalSilo), ServiceLifecycleStage.Active + 1,
            _ =>
            {
                isActive = true;
                active.TrySetResult();
                return Task.CompletedTask;
            },
            _ =>
            {
                isActive = false;
                return Task.CompletedTask;
            });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
