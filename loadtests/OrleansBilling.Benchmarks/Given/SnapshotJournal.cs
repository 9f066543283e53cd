using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Benchmarks.Given;

/// <summary>An in-memory journal that keeps only the latest snapshot, so that no database hides the cost of a grain.</summary>
internal sealed class SnapshotJournal : IJournal, IDueQueue
{
    private readonly ConcurrentDictionary<string, StoredSubscription> snapshots = new(StringComparer.Ordinal);

    public int GroupCount => 1;

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        var stored = snapshots.GetValueOrDefault(commit.SubscriptionId)?.Version ?? 0;
        if (stored != commit.ExpectedVersion) return new(CommitOutcome.Conflict);
        snapshots[commit.SubscriptionId] = new StoredSubscription(commit.SubscriptionId, commit.NewVersion, commit.State);
        return new(CommitOutcome.Committed);
    }

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        new(snapshots.GetValueOrDefault(subscriptionId));

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken) =>
        new(new StoredEventPage([], HasMore: false));

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        new((Checkpoint?)null);

    public ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        new(KnownUsage.None);

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        new([]);

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => new(true);

    /// <summary>Always empty: nothing falls due.</summary>
    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) => new([]);

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) => new((Instant?)null);
}
