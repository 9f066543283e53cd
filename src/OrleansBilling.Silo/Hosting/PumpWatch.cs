using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// Ensures that every group has its pump. Once a second, and soon after the members change, each silo calls the pumps that the
/// ring places on it. The call stays in this process, so no other silo can hold it up. It also sees when a pump no longer
/// reads, and logs that. It logs which pumps have moved here, and it dismisses pumps that belong to another silo.
/// </summary>
internal sealed partial class PumpWatch(
    IClusterMembershipService membership, RingMembers members, IGrainFactory grains, SiloRuntime silo, PumpBoard board, TimeProvider time,
    ILogger<PumpWatch> logger)
    : SiloLoop(membership, time)
{
    /// <summary>A pump that has not read due work for this long is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(5);

    private const int TurnsBetweenLooks = 4;

    private readonly Dictionary<int, Duty> duties = [];

    /// <summary>The other silos that the ring gave groups to at the last look.</summary>
    private readonly Dictionary<int, SiloAddress> others = [];

    private int turn;

    protected override Task TurnAsync(bool membersChanged, CancellationToken stopped)
    {
        if (turn++ % TurnsBetweenLooks == 0 || membersChanged) Look();
        return Task.CompletedTask;
    }

    /// <summary>Calls the pumps of this silo. A call without an answer is not repeated until it ends; its duty shows that.</summary>
    private void Look()
    {
        for (var group = 0; group < silo.Stores.Due.GroupCount; group++)
        {
            var pump = grains.GetGrain<IDuePumpGrain>(group);
            var grain = pump.GetGrainId();
            if (!members.IsHere(grain))
            {
                if (members.FindOwner(grain) is { } other) others[group] = other;
                duties.Remove(group);
                board.Dismiss(group);
                continue;
            }

            if (!duties.TryGetValue(group, out var duty))
            {
                var from = others.GetValueOrDefault(group) ?? members.FindOtherOwner(grain);
                duties[group] = duty = new Duty(Time.GetTimestamp()) { From = from };
            }

            if (duty.Call.IsCompleted) duty.Call = EnsureAsync(pump, group);
            TellIfMoved(group, duty);
            TellIfSilent(group, duty);
        }
    }

    private async Task EnsureAsync(IDuePumpGrain pump, int group)
    {
        try
        {
            await pump.EnsureAsync();
        }
        catch (Exception e) when (CallFaults.Of(e) is not null)
        {
            LogUnreachable(group, e.Message);
        }
        catch (Exception e)
        {
            LogFailed(e, group);
        }
    }

    /// <summary>Logs a move once, after the pump's first read here. Pumps that no other silo had before have not moved.</summary>
    private void TellIfMoved(int group, Duty duty)
    {
        if (duty.From is not { } silo || board.Find(group)?.Pulse is not { } pulse || pulse.ActiveAt < duty.Since) return;
        LogMoved(group, silo);
        duty.From = null;
    }

    private void TellIfSilent(int group, Duty duty)
    {
        var silence = Time.GetElapsedTime(Math.Max(duty.Since, board.Find(group)?.Pulse?.ActiveAt ?? duty.Since));
        if (silence >= SilentAfter == duty.IsSilent) return;
        duty.IsSilent = !duty.IsSilent;
        if (duty.IsSilent) LogSilent(group, silence);
        else LogReadsAgain(group);
    }

    /// <summary>A group that the ring places on this silo.</summary>
    private sealed class Duty(long since)
    {
        public long Since => since;

        public Task Call { get; set; } = Task.CompletedTask;

        public bool IsSilent { get; set; }

        /// <summary>The silo that had the group before, until it is told.</summary>
        public SiloAddress? From { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The due pump of group {Group} moved here from silo {Silo}.")]
    private partial void LogMoved(int group, SiloAddress silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} could not be reached: {Reason}")]
    private partial void LogUnreachable(int group, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Checking the due pump of group {Group} failed; it is checked again in a second.")]
    private partial void LogFailed(Exception exception, int group);

    [LoggerMessage(Level = LogLevel.Error, Message = "The due pump of group {Group} has not read due work for {Silence}. Due work waits.")]
    private partial void LogSilent(int group, TimeSpan silence);

    [LoggerMessage(Level = LogLevel.Information, Message = "The due pump of group {Group} reads due work again.")]
    private partial void LogReadsAgain(int group);
}
