using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Events of one subscription, as they are asked for: a page, bounded in number and in bytes.</summary>
/// <param name="After">Only events with a higher sequence.</param>
/// <param name="EventsMax">How many at most.</param>
public sealed record EventRange(long After, int EventsMax)
{
    /// <summary>The bytes of a page, unless told.</summary>
    public const int BytesDefault = 1_048_576;

    /// <summary>The event that would go beyond so many bytes of data ends the page before it; the first one always comes.</summary>
    public int BytesMax { get; init; } = BytesDefault;

    /// <summary>Whether usage is left out. It is stored apart, so that what is left costs the same however much usage there was.</summary>
    public bool WithoutUsage { get; init; }
}

/// <summary>A page of events, oldest first.</summary>
/// <param name="Events">The events; more than none, if there is any.</param>
/// <param name="HasMore">Whether further ones follow.</param>
public sealed record StoredEventPage(IReadOnlyList<StoredEvent> Events, bool HasMore);

/// <summary>A place in the history of a subscription.</summary>
public abstract record HistoryPoint
{
    private HistoryPoint()
    {
    }

    /// <summary>Whether an event had happened by then.</summary>
    public abstract bool Includes(in StoredEvent stored);

    /// <summary>Behind the event that made a version.</summary>
    /// <param name="Version">The version.</param>
    public sealed record AtVersion(long Version) : HistoryPoint
    {
        /// <inheritdoc/>
        public override bool Includes(in StoredEvent stored) => stored.Sequence <= Version;
    }

    /// <summary>Behind the last event of an instant.</summary>
    /// <param name="Instant">The instant.</param>
    public sealed record AsOf(Instant Instant) : HistoryPoint
    {
        /// <inheritdoc/>
        public override bool Includes(in StoredEvent stored) => stored.At <= Instant;
    }
}

/// <summary>A state as it was, stored so that states behind it are rebuilt from here and not from the beginning.</summary>
/// <param name="Sequence">The version.</param>
/// <param name="At">When the last event before it happened.</param>
/// <param name="State">The snapshot, without the commands that it remembered; UTF-8 JSON.</param>
public sealed record Checkpoint(long Sequence, Instant At, byte[] State)
{
    /// <summary>The most that one call writes.</summary>
    public const int BatchMax = 64;
}
