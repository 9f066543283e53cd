using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.History;

/// <summary>
/// A journal that writes many commits of one subscription as one, so that a million of them are there in a minute. What is
/// written in the end is what they would have written one by one, checkpoints included.
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

    /// <summary>Writes what was gathered.</summary>
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
        if (outcome != CommitOutcome.Committed) throw new LoadTestException($"The history could not be written: {outcome}.");
        if (gathered.Count > 0) await Inner.WriteCheckpointsAsync(last.SubscriptionId, gathered, cancellationToken);
        last = null;
        events.Clear();
        usageKeys.Clear();
        gathered.Clear();
    }

    /// <summary>Every id is new here.</summary>
    public override ValueTask<IReadOnlySet<string>> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        new(new HashSet<string>());
}
