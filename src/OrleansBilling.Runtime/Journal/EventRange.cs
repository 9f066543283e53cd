using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>A request for one page of a subscription's events, limited in number and in bytes.</summary>
/// <param name="After">Returns only events with a higher sequence.</param>
/// <param name="EventsMax">The most events in a page.</param>
public sealed record EventRange(long After, int EventsMax)
{
    /// <summary>The default byte limit of a page.</summary>
    public const int BytesDefault = 1_048_576;

    /// <summary>
    /// A page ends before the event that would take it beyond this many bytes of data; it always holds at least one
    /// event.
    /// </summary>
    public int BytesMax { get; init; } = BytesDefault;

    /// <summary>Excludes usage. Usage is stored separately, so the cost of this read does not depend on the amount of usage.</summary>
    public bool WithoutUsage { get; init; }
}

/// <summary>A page of events, oldest first.</summary>
/// <param name="Events">The events; not empty if any event matches.</param>
/// <param name="HasMore">Whether more events follow.</param>
public sealed record StoredEventPage(IReadOnlyList<StoredEvent> Events, bool HasMore);

/// <summary>A point in the history of a subscription.</summary>
public abstract record HistoryPoint
{
    private HistoryPoint()
    {
    }

    /// <summary>Whether the event happened at or before this point.</summary>
    public abstract bool Includes(in StoredEvent stored);

    /// <summary>Just after the event that produced a version.</summary>
    public sealed record AtVersion(long Version) : HistoryPoint
    {
        /// <inheritdoc/>
        public override bool Includes(in StoredEvent stored) => stored.Sequence <= Version;
    }

    /// <summary>Just after the last event at or before an instant.</summary>
    public sealed record AsOf(Instant Instant) : HistoryPoint
    {
        /// <inheritdoc/>
        public override bool Includes(in StoredEvent stored) => stored.At <= Instant;
    }
}

/// <summary>A past state, stored so that later states can be rebuilt from it instead of from the first event.</summary>
/// <param name="Sequence">The version of the state.</param>
/// <param name="At">The time of the last event that is included.</param>
/// <param name="State">The snapshot without its idempotency keys; UTF-8 JSON.</param>
public sealed record Checkpoint(long Sequence, Instant At, byte[] State)
{
    /// <summary>The most checkpoints that one call writes.</summary>
    public const int BatchMax = 64;
}
