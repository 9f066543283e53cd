using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>A journal that forwards to another one. Derived journals add something to the commit.</summary>
internal abstract class ForwardingJournal(IJournal journal) : IJournal
{
    protected IJournal Inner => journal;

    public abstract ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken);

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        journal.LoadAsync(subscriptionId, cancellationToken);

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken) =>
        journal.ReadEventsAsync(subscriptionId, range, cancellationToken);

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        journal.FindCheckpointAsync(subscriptionId, until, cancellationToken);

    public ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) =>
        journal.WriteCheckpointsAsync(subscriptionId, checkpoints, cancellationToken);

    public virtual ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        journal.FindUsageKeysAsync(subscriptionId, keys, cancellationToken);

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        journal.ReadKeyPagesAsync(subscriptionId, cancellationToken);

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => journal.IsAvailableAsync(cancellationToken);
}
