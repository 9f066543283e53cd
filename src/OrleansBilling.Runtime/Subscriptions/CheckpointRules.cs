using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Decides where a history has checkpoints. A commit writes one when it passes a multiple of
/// <see cref="EventsMax"/>, or when its own events are large. So a state is at most that many events away from a
/// checkpoint, and each commit in between has less than <see cref="LargeBytes"/> of events: 2 MiB in all. This needs
/// no counters, and small commits pay nothing.
/// </summary>
internal static class CheckpointRules
{
    /// <summary>The most events between two checkpoints.</summary>
    public const int EventsMax = 128;

    /// <summary>Bytes of events that make a commit large: many times the size of the state that is stored with them.</summary>
    public const int LargeBytes = 16_384;

    /// <summary>Whether a commit on top of a version writes a checkpoint.</summary>
    public static bool IsDue(long version, StoredEvent[] events)
    {
        if ((version + events.Length) / EventsMax != version / EventsMax) return true;
        var bytes = 0;
        foreach (var stored in events) bytes += stored.Data.Length;
        return bytes >= LargeBytes;
    }

    /// <summary>
    /// Whether a reader that has come this far without a checkpoint should write one. Only
    /// histories of an older version lack them.
    /// </summary>
    public static bool IsMissing(int events, long bytes) => events >= 2 * EventsMax || bytes >= 2L * EventsMax * LargeBytes;
}
