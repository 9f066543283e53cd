using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The durable store of subscriptions. A commit carries snapshot, events, due time, directory columns and statistics
/// deltas of one subscription, and is all or nothing; commits of different subscriptions are independent of each other
/// and are grouped into batches. Safe to use from many threads and from several processes on one database: the version
/// check decides, and one loser never sinks a batch. Reads see every commit that was acknowledged before they began.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Writes a commit. Never throws for a broken database: what became of the commit is the outcome. At most one
    /// commit per subscription may be outstanding in this process; the grain's turn sees to that.
    /// </summary>
    ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken);

    /// <summary>The stored subscription, or null. Concurrent loads are grouped into one statement.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or too many loads wait.</exception>
    ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>A page of events, in order. Its cost follows the page, not the history.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken);

    /// <summary>The last checkpoint at or before a point; null when there is none.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken);

    /// <summary>
    /// Writes up to <see cref="Checkpoint.BatchMax"/> checkpoints of a history that has none where it should; those that
    /// are there already stay. Commits carry the checkpoints of whatever is new.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask WriteCheckpointsAsync(string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken);

    /// <summary>
    /// Which of these usage keys a commit of this subscription has written. Together with the version check of the
    /// commit that follows this is exact: nobody else can have written one in between.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlySet<string>> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// The pages of idempotency keys that stand beside a snapshot, oldest first. There are few, because every role has a
    /// share (<see cref="CommandMemory"/>).
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the database answers and takes commits, for readiness: judged by the latest commits, and by a tiny one where there
    /// were none lately. Does not throw for a broken one.
    /// </summary>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken);
}

/// <summary>What became of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Somebody else moved the version; nothing was written.</summary>
    Conflict,

    /// <summary>The connection was lost in flight; it may or may not be durable. Reload to find out.</summary>
    Unknown,

    /// <summary>Certainly not written: the queue is full, or the database could not be reached.</summary>
    Unavailable,

    /// <summary>Certainly not written: the database answers, but refuses what this commit holds. Others may fare better.</summary>
    Refused,
}

/// <summary>One subscription's commit.</summary>
public sealed class JournalCommit
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The version that must be stored now; 0 when the subscription must not exist.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The version afterwards.</summary>
    public required long NewVersion { get; init; }

    /// <summary>The snapshot, UTF-8 JSON.</summary>
    public required byte[] State { get; init; }

    /// <summary>When it next wakes by itself; null for never.</summary>
    public required Instant? DueAt { get; init; }

    /// <summary>What happened; sequences run from ExpectedVersion + 1 to NewVersion.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }

    /// <summary>The directory columns; null when they did not change.</summary>
    public required DirectoryEntry? Directory { get; init; }

    /// <summary>What the events add to the statistics.</summary>
    public required IReadOnlyList<StatisticDelta> Deltas { get; init; }

    /// <summary>What the events add to the balances of parties.</summary>
    public IReadOnlyList<BalanceDelta> Balances { get; init; } = [];

    /// <summary>Messages for the outside that follow from the events.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; init; } = [];

    /// <summary>Invoices and credit notes that the events issued and that are to get a number.</summary>
    public IReadOnlyList<IssuedDocument> Documents { get; init; } = [];

    /// <summary>Usage keys that were met for the first time; kept apart from the snapshot, which does not grow with them.</summary>
    public IReadOnlyList<string> UsageKeys { get; init; } = [];

    /// <summary>The state as a checkpoint of the history, where one is due; null as a rule.</summary>
    public byte[]? Checkpoint { get; init; }
    /// <summary>Idempotency keys that leave the snapshot to stand beside it; null for none, as in nearly every commit.</summary>
    public StoredKeyPage? KeyPage { get; init; }

    /// <summary>Pages up to this version have expired and go; null for none.</summary>
    public long? KeyPagesExpired { get; init; }
}

/// <summary>Idempotency keys that stand beside a snapshot.</summary>
/// <param name="Version">The version that the newest of them produced; names the page within the subscription.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record StoredKeyPage(long Version, byte[] Data);

/// <summary>An event as it is stored.</summary>
/// <param name="Sequence">Counted from 1 within the subscription; the version that it produced.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">Its type's stable name, snake_case.</param>
/// <param name="Data">UTF-8 JSON.</param>
public readonly record struct StoredEvent(long Sequence, Instant At, string Type, byte[] Data)
{
    /// <summary>
    /// The type of metered usage, the one event of which a history may have millions. It is stored apart from the
    /// others.
    /// </summary>
    public const string UsageType = "usage_recorded";

    /// <summary>Whether it is metered usage.</summary>
    public bool IsUsage => Type == UsageType;
}

/// <summary>A snapshot as it is stored.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">Its version.</param>
/// <param name="State">UTF-8 JSON.</param>
public sealed record StoredSubscription(string SubscriptionId, long Version, byte[] State);

/// <summary>A due subscription with its snapshot, so that waking it needs no second read.</summary>
/// <param name="DueAt">When it is due.</param>
/// <param name="Stored">The snapshot.</param>
public sealed record DueSubscription(Instant DueAt, StoredSubscription Stored);

/// <summary>Where a scan of due work goes on.</summary>
/// <param name="DueAt">Due time of the last subscription seen.</param>
/// <param name="SubscriptionId">Its id, which tells its group, too.</param>
public readonly record struct DueCursor(Instant DueAt, string SubscriptionId);

/// <summary>The columns by which subscriptions are listed.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="SellerId">The seller.</param>
/// <param name="ProductId">The product.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="CustomerId">Who pays.</param>
public sealed record DirectoryEntry(
    SubscriptionStatus Status,
    string SellerId,
    string ProductId,
    string PlanId,
    string OfferId,
    string CustomerId);

/// <summary>The database does not answer, or a bounded queue is full; nothing was done. Try again later.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>With a reason and the cause.</summary>
    public JournalUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
