using System.Diagnostics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// A commit in flight and the promise of its outcome. Continuations never run on the lane that settles it, so a caller's next turn
/// cannot delay the next batch.
/// </summary>
internal sealed class PendingCommit : TaskCompletionSource<CommitOutcome>
{
    /// <exception cref="ArgumentException">A new subscription has no directory entry.</exception>
    public PendingCommit(JournalCommit commit, ulong hash)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        if (commit.ExpectedVersion == 0 && commit.Directory is null)
            throw new ArgumentException("A new subscription needs a directory entry; without one, no listing finds it.", nameof(commit));
        Commit = commit;
        Hash = hash;
    }

    public JournalCommit Commit { get; }

    public ulong Hash { get; }

    /// <summary>The span in which it was committed, if there is one.</summary>
    public Activity? Span { get; } = Activity.Current;

    /// <summary>The index of this commit in its batch, in order of arrival.</summary>
    public int Position { get; set; }

    /// <summary>Whether the subscription is new. Other commits update an existing version.</summary>
    public bool IsInsert => Commit.ExpectedVersion == 0;

    public static void CountWaiting() => BillingTelemetry.CommitsWaiting.Add(1);

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

    /// <summary>The order in which every process locks rows, so that two batches cannot deadlock.</summary>
    public static int CompareForLocking(PendingCommit left, PendingCommit right)
    {
        var byHash = left.Hash.CompareTo(right.Hash);
        return byHash != 0 ? byHash : left.Position.CompareTo(right.Position);
    }
}
