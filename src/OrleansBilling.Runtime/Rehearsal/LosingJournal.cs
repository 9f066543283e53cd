using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Rehearsal;

/// <summary>
/// Takes every commit to the real journal as one that loses against another: it expects a version that nobody has, so nothing is
/// written. To the handler it says that the commit was written, and keeps it in memory.
/// </summary>
internal sealed class LosingJournal(IJournal real) : IJournal
{
    private const long VersionOfNobody = 1_000_000_000_000;
    private StoredSubscription? stored;

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        var outcome = await real.CommitAsync(Losing(commit), cancellationToken);
        if (outcome == CommitOutcome.Committed)
            throw new InvalidOperationException($"A rehearsal was written as {commit.SubscriptionId}.");
        if (outcome != CommitOutcome.Conflict) return outcome;
        stored = new StoredSubscription(commit.SubscriptionId, commit.NewVersion, commit.State);
        return CommitOutcome.Committed;
    }

    public async ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        await real.LoadAsync(subscriptionId, cancellationToken) ?? stored;

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken) =>
        real.ReadEventsAsync(subscriptionId, range, cancellationToken);

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        real.FindCheckpointAsync(subscriptionId, until, cancellationToken);

    public ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        real.FindUsageKeysAsync(subscriptionId, keys, cancellationToken);

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        real.ReadKeyPagesAsync(subscriptionId, cancellationToken);

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => real.IsAvailableAsync(cancellationToken);

    private static JournalCommit Losing(JournalCommit commit) => commit with
    {
        ExpectedVersion = VersionOfNobody + commit.ExpectedVersion,
        NewVersion = VersionOfNobody + commit.NewVersion,
        Events = [.. commit.Events.Select(one => one with { Sequence = VersionOfNobody + one.Sequence })],
    };
}
