namespace OrleansBilling.Silo.Hosting;

/// <summary>Work that a silo repeats four times a second while it is active, for example to notice that the members changed.</summary>
internal abstract class SiloLoop(IClusterMembershipService membership, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    protected IClusterMembershipService Membership => membership;

    protected TimeProvider Time => time;

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(GetType().Name, ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>Runs once, before the first turn.</summary>
    protected virtual void Prepare()
    {
    }

    /// <param name="membersChanged">Whether the members changed since the turn before, or since the start.</param>
    /// <param name="stopped">Fires when the silo stops.</param>
    protected abstract Task TurnAsync(bool membersChanged, CancellationToken stopped);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var stopped = stopping.Token;
        var seen = membership.CurrentSnapshot.Version;
        Prepare();
        running = Task.Run(() => RunAsync(seen, stopped), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(MembershipVersion seen, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            var present = membership.CurrentSnapshot.Version;
            await TurnAsync(present != seen, stopped);
            seen = present;
            await Task.Delay(Interval, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
