namespace OrleansBilling.Silo.Hosting;

/// <summary>Writes one line when a silo joins, leaves or is declared dead, as this silo sees it.</summary>
internal sealed partial class MemberLog(IClusterMembershipService membership, TimeProvider time, ILogger<MemberLog> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<SiloAddress, SiloStatus> seen = [];
    private Task watching = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(MemberLog), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var stopped = stopping.Token;

        // What was before this silo joined is no news.
        foreach (var (address, member) in membership.CurrentSnapshot.Members) seen[address] = member.Status;
        watching = Task.Run(() => WatchAsync(stopped), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await watching.WaitAsync(cancellationToken);
    }

    private async Task WatchAsync(CancellationToken stopped)
    {
        var version = membership.CurrentSnapshot.Version;
        while (!stopped.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var snapshot = membership.CurrentSnapshot;
            if (snapshot.Version == version) continue;
            version = snapshot.Version;
            foreach (var (address, member) in snapshot.Members) Compare(address, member.Status);
        }
    }

    private void Compare(SiloAddress address, SiloStatus now)
    {
        var before = seen.GetValueOrDefault(address, SiloStatus.None);
        seen[address] = now;
        if (now == before) return;
        if (now == SiloStatus.Active) LogJoined(address);
        else if (now is SiloStatus.ShuttingDown or SiloStatus.Stopping && before == SiloStatus.Active) LogLeaving(address);
        else if (now == SiloStatus.Dead && before == SiloStatus.Active) LogDeclaredDead(address);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} joined.")]
    private partial void LogJoined(SiloAddress silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} is leaving.")]
    private partial void LogLeaving(SiloAddress silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} was declared dead.")]
    private partial void LogDeclaredDead(SiloAddress silo);
}
