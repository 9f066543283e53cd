namespace OrleansBilling.Silo.Hosting;

/// <summary>Writes one line when a silo joins, leaves or is declared dead, as this silo sees it.</summary>
internal sealed partial class MemberLog(IClusterMembershipService membership, TimeProvider time, ILogger<MemberLog> logger)
    : SiloLoop(membership, time)
{
    private readonly Dictionary<SiloAddress, SiloStatus> seen = [];

    /// <summary>What was before this silo joined is no news.</summary>
    protected override void Prepare()
    {
        foreach (var (address, member) in Membership.CurrentSnapshot.Members) seen[address] = member.Status;
    }

    protected override Task TurnAsync(bool membersChanged, CancellationToken stopped)
    {
        if (!membersChanged) return Task.CompletedTask;
        foreach (var (address, member) in Membership.CurrentSnapshot.Members) Compare(address, member.Status);
        return Task.CompletedTask;
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
