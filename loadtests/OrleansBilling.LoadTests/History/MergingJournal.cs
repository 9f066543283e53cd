using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.History;

/// <summary>
/// A journal that merges many commits of one subscription into one, so that a million of them take about a minute. The stored
/// result, including checkpoints, is the same as from single commits.
/// </summary>
internal sealed class MergingJournal(IJournal journal) : ForwardingJournal(journal)
{
    private const int EventsMax = 2_000;

    private readonly List<StoredEvent> events = [];
    private readonly List<string> usageKeys = [];
    private readonly List<Checkpoint> gathered = [];
    private JournalCommit? last;
    private long expected;

    public override async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        if (commit.ExpectedVersion == 0 ||
            commit.Documents.Count + commit.Balances.Count + commit.Deltas.Count + commit.Messages.Count > 0 ||
            commit.Directory is not null)
        {
            await FlushAsync(cancellationToken);
            return await Inner.CommitAsync(commit, cancellationToken);
        }

        if (last is null) expected = commit.ExpectedVersion;
        last = commit;
        events.AddRange(commit.Events);
        usageKeys.AddRange(commit.UsageKeys);
        if (commit.Checkpoint is { } state) gathered.Add(new Checkpoint(commit.NewVersion, commit.Events[^1].At, state));
        if (events.Count >= EventsMax || usageKeys.Count >= EventsMax || gathered.Count == Checkpoint.BatchMax)
            await FlushAsync(cancellationToken);
        return CommitOutcome.Committed;
    }

    /// <summary>Writes the merged commit.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (last is null) return;
        var outcome = await Inner.CommitAsync(
            new JournalCommit
            {
                SubscriptionId = last.SubscriptionId, ExpectedVersion = expected, NewVersion = last.NewVersion, State = last.State,
                DueAt = last.DueAt,
                Events = [.. events], Directory = null, Deltas = [], UsageKeys = [.. usageKeys],
            },
            cancellationToken);
        if (outcome != CommitOutcome.Committed) throw new LoadTestException($"Could not write the history: {outcome}.");
        if (gathered.Count > 0) await Inner.WriteCheckpointsAsync(last.SubscriptionId, gathered, cancellationToken);
        last = null;
        events.Clear();
        usageKeys.Clear();
        gathered.Clear();
    }

    /// <summary>Always empty: every id in this seed is new.</summary>
    public override ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        new(KnownUsage.None);
}
