using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The durable store of subscriptions. A commit carries one subscription's snapshot, events, due time, directory
/// columns and statistics deltas, and is all or nothing. Commits of different subscriptions are independent and are
/// grouped into batches. Safe to use from many threads and from several processes on one database: the version check
/// decides, and one loser never fails its batch. Reads see every commit that was acknowledged before they began.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Writes a commit. Never throws for a broken database; the outcome says what happened to the commit. At most one
    /// commit per subscription may be outstanding in this process; the grain's turn ensures that.
    /// </summary>
    ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken);

    /// <summary>The stored subscription, or null. Concurrent loads are grouped into one statement.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or too many loads wait.</exception>
    ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>A page of events, in order. The cost depends on the page, not on the length of the history.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken);

    /// <summary>The last checkpoint at or before a point, or null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken);

    /// <summary>
    /// Adds up to <see cref="Checkpoint.BatchMax"/> checkpoints to an old history that lacks them; existing ones
    /// stay. New events get theirs with the commit.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask WriteCheckpointsAsync(string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken);

    /// <summary>
    /// Which of these usage keys the subscription has already written, and since when keys are known, both as of one moment. The
    /// version check of the following commit makes this exact: nobody can have written a key in between.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// The pages of idempotency keys beside a snapshot, oldest first. There are few, because every role has a
    /// limited share (<see cref="CommandMemory"/>).
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the database answers and accepts commits; used for readiness. Looks at the latest commits, and tries a
    /// tiny one if there were none recently. Never throws for a broken database.
    /// </summary>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken);
}

/// <summary>The outcome of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>Written and durable.</summary>
    Committed,

    /// <summary>Somebody else moved the version; nothing was written.</summary>
    Conflict,

    /// <summary>The connection was lost in flight: the commit may or may not be durable. Reload to find out.</summary>
    Unknown,

    /// <summary>Certainly not written: the queue is full, or the database cannot be reached.</summary>
    Unavailable,

    /// <summary>Certainly not written: the database answers but rejects this commit's data. Other commits may succeed.</summary>
    Refused,
}

/// <summary>One subscription's commit.</summary>
public sealed record JournalCommit
{
    public required string SubscriptionId { get; init; }

    /// <summary>The version that must be stored now; 0 when the subscription must not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The version after the commit.</summary>
    public required long NewVersion { get; init; }

    /// <summary>The snapshot as UTF-8 JSON.</summary>
    public required byte[] State { get; init; }

    /// <summary>When the subscription next wakes by itself; null for never.</summary>
    public required Instant? DueAt { get; init; }

    /// <summary>The new events; sequences run from ExpectedVersion + 1 to NewVersion.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }

    /// <summary>The directory columns; null when unchanged.</summary>
    public required DirectoryEntry? Directory { get; init; }

    /// <summary>
    /// The customer that a new subscription names, or whose mail address an older one still had; null for other changes.
    /// </summary>
    public NamedCustomer? Customer { get; init; }

    /// <summary>What the events add to statistics.</summary>
    public required IReadOnlyList<StatisticDelta> Deltas { get; init; }

    /// <summary>What the events add to the balances of parties.</summary>
    public IReadOnlyList<BalanceDelta> Balances { get; init; } = [];

    /// <summary>Messages to the outside world that follow from the events.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; init; } = [];

    /// <summary>Invoices and credit notes that the events issued; they still need a number.</summary>
    public IReadOnlyList<IssuedDocument> Documents { get; init; } = [];

    /// <summary>What the events are for integrators, in order.</summary>
    public IReadOnlyList<FeedEvent> Feed { get; init; } = [];

    /// <summary>Whether the commit changes what lists show, so that they have to follow.</summary>
    public bool ChangesLists { get; init; }

    /// <summary>New usage keys. They are stored outside the snapshot, so that it does not grow with them.</summary>
    public IReadOnlyList<string> UsageKeys { get; init; } = [];

    /// <summary>A message that was sent; usually null. Only its row has the text.</summary>
    public SubscriptionMessage? Message { get; init; }

    /// <summary>The texts of the command; usually none. Only their rows have them.</summary>
    public IReadOnlyList<StoredText> Texts { get; init; } = [];

    /// <summary>The state as a checkpoint of the history, when one is due; usually null.</summary>
    public byte[]? Checkpoint { get; init; }

    /// <summary>Idempotency keys that leave the snapshot for a page beside it; usually null.</summary>
    public StoredKeyPage? KeyPage { get; init; }

    /// <summary>Deletes the expired key pages up to this version; null for none.</summary>
    public long? KeyPagesExpired { get; init; }
}

/// <summary>A page of idempotency keys beside a snapshot.</summary>
/// <param name="Version">The version that the newest key produced; identifies the page within the subscription.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record StoredKeyPage(long Version, byte[] Data);

/// <summary>A stored event.</summary>
/// <param name="Sequence">Counted from 1 within the subscription; the version that it produced.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">The stable name of the event type, snake_case.</param>
/// <param name="Data">UTF-8 JSON.</param>
public readonly record struct StoredEvent(long Sequence, Instant At, string Type, byte[] Data)
{
    /// <summary>
    /// The type of metered usage, the only event that a history may hold by the million. It is stored apart from the
    /// others.
    /// </summary>
    public const string UsageType = "usage_recorded";

    public bool IsUsage => Type == UsageType;
}

/// <summary>A stored snapshot.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">The version of the snapshot.</param>
/// <param name="State">UTF-8 JSON.</param>
public sealed record StoredSubscription(string SubscriptionId, long Version, byte[] State);

/// <summary>A due subscription with its snapshot, so that waking it needs no second read.</summary>
public sealed record DueSubscription(Instant DueAt, StoredSubscription Stored);

/// <summary>Where a scan of due work continues.</summary>
/// <param name="DueAt">Due time of the last subscription seen.</param>
/// <param name="SubscriptionId">The id of that subscription; it also determines the group.</param>
public readonly record struct DueCursor(Instant DueAt, string SubscriptionId);

/// <summary>The columns that subscriptions are listed by.</summary>
public sealed record DirectoryEntry(
    SubscriptionStatus Status,
    string SellerId,
    string ProductId,
    string PlanId,
    string OfferId,
    string CustomerId);

/// <summary>
/// A customer as a subscription names it. A customer that is not known is made by the commit; one that is known stays as it is, but gets
/// the mail address that it lacks, with the country, if nobody has edited it.
/// </summary>
/// <param name="Id">The marketplace's id of the customer.</param>
/// <param name="SellerId">The seller, who may see the customer from then on.</param>
/// <param name="Email">The mail address; null if none is given.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; null if none is given.</param>
/// <param name="At">When it was named.</param>
public sealed record NamedCustomer(string Id, string SellerId, string? Email, string? Country, Instant At);

/// <summary>The database does not answer, or a bounded queue is full. Nothing was done; try again later.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
