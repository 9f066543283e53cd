using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's view of the silos. Once a second it asks one of them for the members, each time through another pump, so that
/// the questions spread over all silos. If a member is gone, calls in flight are told. If nobody answers for
/// <see cref="SilentAfter"/>, the gateway is not ready.
/// </summary>
internal sealed partial class ClusterWatch(LostSilos lost, TimeProvider time, ILogger<ClusterWatch> logger)
{
    /// <summary>Without an answer for this long, no silo is reachable.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long answeredAt = time.GetTimestamp();
    private HashSet<string> members = [];
    private bool isSilent;

    /// <summary>Whether a silo has answered lately.</summary>
    public bool IsReachable => time.GetElapsedTime(Volatile.Read(ref answeredAt)) < SilentAfter;

    /// <summary>Watches until it is told to stop.</summary>
    public async Task RunAsync(IGrainFactory grains, int groups, CancellationToken stopped)
    {
        Volatile.Write(ref answeredAt, time.GetTimestamp());
        for (var question = 0L; !stopped.IsCancellationRequested; question++)
        {
            await AskAsync(grains.GetGrain<IDuePumpGrain>(question % groups));
            if (IsReachable == isSilent) TellOfChange();
            await Task.Delay(Interval, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(IDuePumpGrain pump)
    {
        try
        {
            var answer = (await pump.ReadSilosAsync().WaitAsync(Interval, time)).ToHashSet(StringComparer.Ordinal);
            Volatile.Write(ref answeredAt, time.GetTimestamp());
            var isLost = members.Any(member => !answer.Contains(member));
            members = answer;
            if (isLost) lost.Tell();
        }
        catch (Exception e) when (CallFaults.Of(e) is not null)
        {
            // One silo does not answer; the next question goes to another one.
        }
    }

    private void TellOfChange()
    {
        isSilent = !isSilent;
        if (isSilent) LogSilent(SilentAfter);
        else LogReachable();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No silo has answered for {Time}. Commands are answered as unavailable.")]
    private partial void LogSilent(TimeSpan time);

    [LoggerMessage(Level = LogLevel.Information, Message = "A silo answers again.")]
    private partial void LogReachable();
}
