using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// A commit on its way, and the promise of its outcome. Continuations never run on the lane that settles it: a caller's
/// next turn must not hold up the next batch.
/// </summary>
internal sealed class PendingCommit(JournalCommit commit, ulong hash)
    : TaskCompletionSource<CommitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public JournalCommit Commit { get; } = commit;

    public ulong Hash { get; } = hash;

    /// <summary>Its place among the commits that were gathered with it.</summary>
    public int Position { get; set; }

    /// <summary>Whether this subscription is new; the other commits move a version.</summary>
    public bool IsInsert => Commit.ExpectedVersion == 0;

    /// <summary>The order in which every process locks rows, so that two batches never wait for each other in a ring.</summary>
    public static int CompareForLocking(PendingCommit left, PendingCommit right)
    {
        var byHash = left.Hash.CompareTo(right.Hash);
        return byHash != 0 ? byHash : left.Position.CompareTo(right.Position);
    }
}
