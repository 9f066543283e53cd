using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// A commit on its way, and the promise of its outcome. Continuations never run on the lane that settles it: a caller's
/// next turn must not hold up the next batch.
/// </summary>
internal sealed class PendingCommit : TaskCompletionSource<CommitOutcome>
{
    /// <exception cref="ArgumentException">A new subscription comes without its directory entry.</exception>
    public PendingCommit(JournalCommit commit, ulong hash)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        if (commit.ExpectedVersion == 0 && commit.Directory is null)
            throw new ArgumentException("A new subscription needs its directory entry, or no listing would ever find it.", nameof(commit));
        Commit = commit;
        Hash = hash;
    }

    public JournalCommit Commit { get; }

    public ulong Hash { get; }

    /// <summary>Its place among the commits that were gathered with it.</summary>
    public int Position { get; set; }

    /// <summary>Whether this subscription is new; the other commits move a version.</summary>
    public bool IsInsert => Commit.ExpectedVersion == 0;

    /// <summary>It waits in a queue from now on.</summary>
    public static void CountWaiting() => BillingTelemetry.CommitsWaiting.Add(1);

    /// <summary>Tells the caller what became of it.</summary>
    public void Settle(CommitOutcome outcome)
    {
        BillingTelemetry.CommitsWaiting.Add(-1);
        BillingTelemetry.Commits.Add(1, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
        TrySetResult(outcome);
    }

    private static string NameOf(CommitOutcome outcome) => outcome switch
    {
        CommitOutcome.Committed => "committed",
        CommitOutcome.Conflict => "conflict",
        CommitOutcome.Unknown => "unknown",
        CommitOutcome.Refused => "refused",
        _ => "unavailable",
    };

    /// <summary>The order in which every process locks rows, so that two batches never wait for each other in a ring.</summary>
    public static int CompareForLocking(PendingCommit left, PendingCommit right)
    {
        var byHash = left.Hash.CompareTo(right.Hash);
        return byHash != 0 ? byHash : left.Position.CompareTo(right.Position);
    }
}
