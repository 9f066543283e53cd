using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// What is due, in groups: each subscription belongs to one by its id, and each group has a pump of its own. Reads see
/// every commit that was acknowledged before they began.
/// </summary>
public interface IDueQueue
{
    /// <summary>How many groups there are; they are counted from 0.</summary>
    int GroupCount { get; }

    /// <summary>
    /// Up to <paramref name="limit"/> subscriptions of a group that are due by <paramref name="now"/>, ordered by due time and id,
    /// behind <paramref name="after"/>.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>The earliest due time of all groups, or null when nothing is ever due.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken);
}
