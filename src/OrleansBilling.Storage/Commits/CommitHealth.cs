using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// Whether the database takes commits, judged by what became of the latest ones. Only when there were none lately is it
/// asked, by a tiny commit of its own, by one caller at a time. After a commit that the server refused (disk full, say) it
/// counts as not taking any for a while, even if a tiny one would still fit; the while grows when that judgement was wrong.
/// </summary>
internal sealed class CommitHealth(TimeProvider time)
{
    /// <summary>For as long the latest commit speaks for the database.</summary>
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

    /// <summary>Commits were taken.</summary>
    public void Taken()
    {
        lock (gate) Judge(taking: true, byProbe: false, TimeSpan.Zero);
    }

    /// <summary>The connection was lost; a new one may be had at any moment.</summary>
    public void Lost()
    {
        lock (gate) Judge(taking: false, byProbe: false, LostPause);
    }

    /// <summary>The database is there, and cannot write.</summary>
    public void Refused()
    {
        lock (gate)
        {
            if (isTakingByProbe) refusedPause = refusedPause * 2 < RefusedPauseMax ? refusedPause * 2 : RefusedPauseMax;
            Judge(taking: false, byProbe: false, refusedPause);
        }
    }

    /// <summary>Whether commits are taken; asks with <paramref name="probe"/> where nobody knows.</summary>
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
            // Whatever else is the matter with the database (a damaged page, a right that is missing), it takes no commits.
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
