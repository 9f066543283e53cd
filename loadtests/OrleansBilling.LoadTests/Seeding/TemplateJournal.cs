using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>
/// An in-memory journal for one subscription. It merges all commits of a sale into one, which can then be written many times
/// under other ids.
/// </summary>
internal sealed class TemplateJournal : IJournal, IDueQueue
{
    private readonly List<StoredEvent> events = [];
    private readonly List<StatisticDelta> deltas = [];
    private readonly List<BalanceDelta> balances = [];
    private JournalCommit? last;
    private DirectoryEntry? directory;

    /// <summary>All commits as one commit of a new subscription; null before the first commit.</summary>
    public JournalCommit? Whole => last is null ? null : new JournalCommit
    {
        SubscriptionId = last.SubscriptionId,
        ExpectedVersion = 0,
        NewVersion = last.NewVersion,
        State = last.State,
        DueAt = last.DueAt,
        Events = events,
        Directory = directory,
        Deltas = deltas,
        Balances = balances,
    };

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        if (commit.ExpectedVersion != (last?.NewVersion ?? 0)) return new(CommitOutcome.Conflict);
        last = commit;
        directory = commit.Directory ?? directory;
        events.AddRange(commit.Events);
        deltas.AddRange(commit.Deltas);
        balances.AddRange(commit.Balances);
        return new(CommitOutcome.Committed);
    }

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        new(last is not null && last.SubscriptionId == subscriptionId ? Stored(last) : null);

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken)
    {
        var found = events.Where(stored => stored.Sequence > range.After && !(range.WithoutUsage && stored.IsUsage)).ToList();
        return new(new StoredEventPage([.. found.Take(range.EventsMax)], HasMore: found.Count > range.EventsMax));
    }

    /// <summary>Always null: a sale is too short for a checkpoint.</summary>
    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        new((Checkpoint?)null);

    public ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public int GroupCount => 1;

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) =>
        new(after is null && last?.DueAt is { } due && due <= now ? [new DueSubscription(due, Stored(last))] : []);

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) => new(last?.DueAt);

    public ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        new(KnownUsage.None);

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) => new([]);

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => new(true);

    private static StoredSubscription Stored(JournalCommit commit) => new(commit.SubscriptionId, commit.NewVersion, commit.State);
}
