using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's view of the silos. Once a second it asks one of them for the members, each time through another pump, so that
/// the questions spread over all silos. When a member disappears, it signals this to the calls in flight. If nobody answers for
/// <see cref="SilentAfter"/>, the gateway is not ready. A silo may answer with an older list, in which a new member is missing.
/// Calls are then repeated without need, which does no harm.
/// </summary>
internal sealed partial class ClusterWatch(LostSilos lost, TimeProvider time, ILogger<ClusterWatch> logger)
{
    /// <summary>Without an answer for this long, no silo is reachable.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long answeredAt = time.GetTimestamp();
    private HashSet<string> members = [];
    private bool isSilent;
    private bool hasFailed;

    /// <summary>Whether a silo has answered lately.</summary>
    public bool IsReachable => time.GetElapsedTime(Volatile.Read(ref answeredAt)) < SilentAfter;

    /// <summary>Watches until the connection is closed.</summary>
    public async Task RunAsync(IGrainFactory grains, int groups, CancellationToken stopped)
    {
        Volatile.Write(ref answeredAt, time.GetTimestamp());
        for (var question = 0L; !stopped.IsCancellationRequested; question++)
        {
            await AskAsync(grains, question % groups);
            if (IsReachable == isSilent) TellOfChange();
            await Task.Delay(Interval, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(IGrainFactory grains, long group)
    {
        try
        {
            var answer = await grains.GetGrain<IDuePumpGrain>(group).ReadSilosAsync().WaitAsync(Interval, time);
            Volatile.Write(ref answeredAt, time.GetTimestamp());
            hasFailed = false;
            var isLost = members.Any(member => !answer.Contains(member, StringComparer.Ordinal));
            members = [.. answer];
            if (isLost) await lost.TellAsync();
        }
        catch (Exception e) when (CallFaults.Of(e) is not null)
        {
            // One silo does not answer; the next question goes to another one.
        }
        catch (Exception e)
        {
            // The watch goes on: without it the gateway would never be ready again.
            if (!hasFailed) LogFailed(e);
            hasFailed = true;
        }
    }

    private void TellOfChange()
    {
        isSilent = !isSilent;
        if (isSilent) LogSilent(SilentAfter);
        else LogReachable();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No silo has answered for {Time}. This gateway is not ready.")]
    private partial void LogSilent(TimeSpan time);

    [LoggerMessage(Level = LogLevel.Information, Message = "A silo answers again.")]
    private partial void LogReachable();

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking a silo for the members failed. This is logged once until one answers.")]
    private partial void LogFailed(Exception exception);
}
