using System.Diagnostics;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>A journal that counts the payments recorded in another one, and notes when each tenth of them was.</summary>
internal sealed class PaymentCounter(IJournal journal, int expected) : IJournal
{
    public const int Parts = 10;
    private const string Payment = "charge_succeeded";
    private readonly long[] tenths = new long[Parts];
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>Timestamps.</summary>
    public IReadOnlyList<long> Tenths => tenths;

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        var outcome = await journal.CommitAsync(commit, cancellationToken);
        if (outcome != CommitOutcome.Committed) return outcome;
        foreach (var recorded in commit.Events)
        {
            if (recorded.Type == Payment) Note(Interlocked.Increment(ref count));
        }

        return outcome;
    }

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        journal.LoadAsync(subscriptionId, cancellationToken);

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken) =>
        journal.ReadEventsAsync(subscriptionId, range, cancellationToken);

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        journal.FindCheckpointAsync(subscriptionId, until, cancellationToken);

    public ValueTask WriteCheckpointsAsync(string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) =>
        journal.WriteCheckpointsAsync(subscriptionId, checkpoints, cancellationToken);

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) =>
        journal.ReadDueAsync(now, after, limit, cancellationToken);

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) => journal.ReadNextDueAsync(cancellationToken);

    public ValueTask<IReadOnlySet<string>> FindUsageKeysAsync(string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        journal.FindUsageKeysAsync(subscriptionId, keys, cancellationToken);

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        journal.ReadKeyPagesAsync(subscriptionId, cancellationToken);

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) => journal.IsAvailableAsync(cancellationToken);

    private void Note(int number)
    {
        for (var part = 1; part <= Parts; part++)
        {
            if (number == (int)((long)expected * part / Parts)) tenths[part - 1] = Stopwatch.GetTimestamp();
        }
    }
}
