using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Due work, in groups. A subscription's id determines its group, and each group has its own pump. Reads see every
/// commit that was acknowledged before they began.
/// </summary>
public interface IDueQueue
{
    /// <summary>The number of groups; they are numbered from 0.</summary>
    int GroupCount { get; }

    /// <summary>
    /// Up to <paramref name="limit"/> subscriptions of a group that are due by <paramref name="now"/>, after
    /// <paramref name="after"/>, ordered by due time and id.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>The earliest due time of all groups; null when nothing will ever be due.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken);
}
