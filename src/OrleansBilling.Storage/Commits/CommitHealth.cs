using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// Whether the database accepts commits, judged by the outcome of the latest ones. If there were none recently, one caller at a time
/// probes with a tiny commit. After a commit that the server refused (a full disk, say), the database counts as unavailable for a
/// pause, even if a tiny commit would still fit. The pause doubles, up to a minute, whenever a probe succeeds and a real commit is then
/// refused.
/// </summary>
internal sealed class CommitHealth(TimeProvider time)
{
    /// <summary>How long the outcome of the latest commit counts.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LostPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RefusedPauseMax = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? judgedAt;
    private bool isTaking;
    private bool isTakingByProbe;
    private TimeSpan pause;
    private TimeSpan refusedPause = Recent;
    private Task<bool>? probing;

    public void Taken()
    {
        lock (gate) Judge(taking: true, byProbe: false, TimeSpan.Zero);
    }

    /// <summary>The connection broke. A new one may be available at any moment.</summary>
    public void Lost()
    {
        lock (gate) Judge(taking: false, byProbe: false, LostPause);
    }

    /// <summary>The database answers but cannot write.</summary>
    public void Refused()
    {
        lock (gate)
        {
            if (isTakingByProbe) refusedPause = refusedPause * 2 < RefusedPauseMax ? refusedPause * 2 : RefusedPauseMax;
            Judge(taking: false, byProbe: false, refusedPause);
        }
    }

    /// <summary>Whether the database accepts commits. Runs <paramref name="probe"/> when recent commits do not answer this.</summary>
    public async ValueTask<bool> IsTakingAsync(Func<Task> probe, CancellationToken cancellationToken)
    {
        Task<bool> asked;
        lock (gate)
        {
            if (judgedAt is { } at && time.GetElapsedTime(at) < (isTaking ? Recent : pause)) return isTaking;
            if (probing is null or { IsCompleted: true }) probing = Task.Run(() => ProbeAsync(probe), CancellationToken.None);
            asked = probing;
        }

        return await asked.WaitAsync(cancellationToken);
    }

    private async Task<bool> ProbeAsync(Func<Task> probe)
    {
        try
        {
            await probe();
            lock (gate) Judge(taking: true, byProbe: true, TimeSpan.Zero);
            return true;
        }
        catch (JournalUnavailableException)
        {
            lock (gate) Judge(taking: false, byProbe: false, LostPause);
            return false;
        }
        catch (Exception)
        {
            // Whatever else is wrong (a damaged page, a missing permission), the database does not accept commits.
            lock (gate) Judge(taking: false, byProbe: false, Recent);
            return false;
        }
    }

    private void Judge(bool taking, bool byProbe, TimeSpan wait)
    {
        if (taking && !byProbe) refusedPause = Recent;
        isTaking = taking;
        isTakingByProbe = byProbe;
        pause = wait;
        judgedAt = time.GetTimestamp();
    }
}
