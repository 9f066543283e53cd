using System.Text;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Simulation.Laws;

namespace OrleansBilling.Simulation.Seeded;

/// <summary>
/// An in-memory journal with the contract of the real ones. A seeded random generator adds the faults that the contract
/// allows: unknown outcomes of commits that were written or lost, and a database that does not answer.
/// </summary>
public sealed class SimulatedJournal(Random dice, LawBook laws) : IJournal, IDueQueue
{
    /// <summary>Needed because tests of hosts on the thread pool also use this journal.</summary>
    private readonly Lock gate = new();

    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);
    private readonly HashSet<(string SubscriptionId, string Key)> usageKeys = [];
    private readonly SortedDictionary<string, List<StoredKeyPage>> keyPages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredEvent>> events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedList<long, Checkpoint>> kept = new(StringComparer.Ordinal);

    /// <summary>The percentage of commits and reads that fail.</summary>
    public int FaultPercent { get; set; }

    /// <summary>Faults so far.</summary>
    public long Faults { get; private set; }

    public List<StatisticDelta> Deltas { get; } = [];

    public List<BalanceDelta> Balances { get; } = [];

    public List<(string SubscriptionId, IssuedDocument Document)> Documents { get; } = [];

    public List<(string SubscriptionId, OutboxMessage Message)> Messages { get; } = [];

    public IEnumerable<string> Ids => rows.Keys;

    /// <summary>One group, so that two hosts always race for the same due work.</summary>
    public int GroupCount => 1;

    public int Commits { get; private set; }

    public long EventsRead { get; private set; }

    public int KeyPageReads { get; private set; }

    /// <summary>Before this, keys of usage were forgotten.</summary>
    public Instant? UsageFloor { get; set; }

    public Func<JournalCommit, CommitOutcome?>? OnCommit { get; set; }

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (OnCommit?.Invoke(commit) is { } scripted) return scripted;
        if (Fault())
        {
            switch (dice.Next(3))
            {
                case 0:
                    return CommitOutcome.Unavailable;
                case 1:
                    return CommitOutcome.Unknown;
                default:
                    Apply(commit);
                    await Task.Yield();
                    return CommitOutcome.Unknown;
            }
        }

        var outcome = Apply(commit);
        await Task.Yield();
        return outcome;
    }

    private static bool Holds(byte[] json, string text) => json.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    public CommitOutcome Apply(JournalCommit commit)
    {
        lock (gate) return ApplyAlone(commit);
    }

    private CommitOutcome ApplyAlone(JournalCommit commit)
    {
        var stored = rows.GetValueOrDefault(commit.SubscriptionId);
        if ((stored?.Version ?? 0) != commit.ExpectedVersion) return CommitOutcome.Conflict;
        rows[commit.SubscriptionId] = new Row(commit.NewVersion, commit.State, commit.DueAt, commit.Directory ?? stored!.Directory);
        if (!events.TryGetValue(commit.SubscriptionId, out var history)) events[commit.SubscriptionId] = history = [];
        history.AddRange(commit.Events);
        laws.Same(commit.NewVersion, history[^1].Sequence, $"The last event of {commit.SubscriptionId} has its version");
        laws.Same(commit.NewVersion, history.Count, $"The history of {commit.SubscriptionId} has no gap");
        if (commit.Checkpoint is { } state) Write(commit.SubscriptionId, new Checkpoint(commit.NewVersion, commit.Events[^1].At, state));
        Deltas.AddRange(commit.Deltas);
        Balances.AddRange(commit.Balances);
        Documents.AddRange(commit.Documents.Select(document => (commit.SubscriptionId, document)));
        Messages.AddRange(commit.Messages.Select(message => (commit.SubscriptionId, message)));
        foreach (var told in commit.Events)
        {
            laws.Hold(
                told.Type != "message_sent" || commit.Message?.Sequence == told.Sequence, $"Message {told.Sequence} has its text.");
        }

        foreach (var text in commit.Texts)
        {
            laws.Same(commit.ExpectedVersion + 1, text.Place.Sequence, $"A text of {commit.SubscriptionId} has its command's sequence");
            laws.Hold(
                !Holds(commit.State, text.Text) && !commit.Events.Any(e => Holds(e.Data, text.Text)), "A text stands in its row only.");
        }

        foreach (var key in commit.UsageKeys) laws.Hold(usageKeys.Add((commit.SubscriptionId, key)), $"Usage key {key} was counted twice.");
        ApplyKeyPages(commit);
        Commits++;
        return CommitOutcome.Committed;
    }

    public async ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            return rows.TryGetValue(subscriptionId, out var row) ? new StoredSubscription(subscriptionId, row.Version, row.State) : null;
        }
    }

    public async ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            if (!events.TryGetValue(subscriptionId, out var history)) return new StoredEventPage([], HasMore: false);
            var found = history.Where(e => e.Sequence > range.After && !(range.WithoutUsage && e.IsUsage))
                .Take(range.EventsMax + 1).ToList();
            var bytes = 0L;
            var fitting = found.TakeWhile((e, index) => (bytes += e.Data.Length) <= range.BytesMax || index == 0).Take(range.EventsMax)
                .ToList();
            EventsRead += fitting.Count;
            return new StoredEventPage(fitting, HasMore: found.Count > fitting.Count);
        }
    }

    public async ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            return CheckpointsOf(subscriptionId)
                .LastOrDefault(checkpoint => until.Includes(new StoredEvent(checkpoint.Sequence, checkpoint.At, "", [])));
        }
    }

    public async ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            foreach (var checkpoint in checkpoints) Write(subscriptionId, checkpoint);
        }
    }

    /// <summary>The checkpoints of a subscription, oldest first.</summary>
    public IEnumerable<Checkpoint> CheckpointsOf(string subscriptionId) =>
        kept.TryGetValue(subscriptionId, out var found) ? found.Values : [];

    /// <summary>Deletes all checkpoints, as if an older version had written everything.</summary>
    public void ForgetCheckpoints() => kept.Clear();

    private void Write(string subscriptionId, Checkpoint checkpoint)
    {
        if (!kept.TryGetValue(subscriptionId, out var of)) kept[subscriptionId] = of = [];
        of.TryAdd(checkpoint.Sequence, checkpoint);
    }

    public async ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            return
            [
                .. rows.Where(row => row.Value.DueAt <= now)
                    .OrderBy(row => row.Value.DueAt).ThenBy(row => row.Key, StringComparer.Ordinal)
                    .Where(row => after is not { } cursor || row.Value.DueAt > cursor.DueAt ||
                        (row.Value.DueAt == cursor.DueAt && string.CompareOrdinal(row.Key, cursor.SubscriptionId) > 0))
                    .Take(limit)
                    .Select(row =>
                        new DueSubscription(row.Value.DueAt!.Value, new StoredSubscription(row.Key, row.Value.Version, row.Value.State))),
            ];
        }
    }

    public async ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            return rows.Values.Min(row => row.DueAt);
        }
    }

    public async ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            var known = keys.Where(key => usageKeys.Contains((subscriptionId, key))).ToHashSet(StringComparer.Ordinal);
            return new KnownUsage(known, UsageFloor);
        }
    }

    public async ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfFault();
        lock (gate)
        {
            KeyPageReads++;
            return [.. KeyPages(subscriptionId)];
        }
    }

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => new(true);

    public IReadOnlyList<StoredKeyPage> KeyPages(string subscriptionId) => keyPages.GetValueOrDefault(subscriptionId) ?? [];

    public Instant? DueAt(string subscriptionId) => rows[subscriptionId].DueAt;

    public DirectoryEntry Directory(string subscriptionId) => rows[subscriptionId].Directory;

    private void ApplyKeyPages(JournalCommit commit)
    {
        if (!keyPages.TryGetValue(commit.SubscriptionId, out var pages)) keyPages[commit.SubscriptionId] = pages = [];
        if (commit.KeyPagesExpired is { } last) pages.RemoveAll(page => page.Version <= last);
        if (commit.KeyPage is { } written) pages.Add(written);
        if (pages.Count == 0) keyPages.Remove(commit.SubscriptionId);
    }

    private bool Fault()
    {
        if (FaultPercent == 0 || dice.Next(100) >= FaultPercent) return false;
        Faults++;
        return true;
    }

    private void ThrowIfFault()
    {
        if (Fault()) throw new JournalUnavailableException("Simulated.");
    }

    private sealed record Row(long Version, byte[] State, Instant? DueAt, DirectoryEntry Directory);
}
