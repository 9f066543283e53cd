using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Where a history has checkpoints. A commit writes one when it passes a multiple of <see cref="EventsMax"/>, or when its
/// own events are large. So no state lies further from a checkpoint than so many events, of less than
/// <see cref="LargeBytes"/> a commit: 2 MiB. Nobody has to count for this, and small commits pay nothing.
/// </summary>
internal static class CheckpointRules
{
    /// <summary>Events between two checkpoints.</summary>
    public const int EventsMax = 128;

    /// <summary>Bytes of events that make a commit large: many times those of the state that is stored with them.</summary>
    public const int LargeBytes = 16_384;

    /// <summary>Whether a commit on top of a version writes one.</summary>
    public static bool IsDue(long version, StoredEvent[] events)
    {
        if ((version + events.Length) / EventsMax != version / EventsMax) return true;
        var bytes = 0;
        foreach (var stored in events) bytes += stored.Data.Length;
        return bytes >= LargeBytes;
    }

    /// <summary>Whether a reader that came so far without meeting one writes it: only histories of an older program lack them.</summary>
    public static bool IsMissing(int events, long bytes) => events >= 2 * EventsMax || bytes >= 2L * EventsMax * LargeBytes;
}
