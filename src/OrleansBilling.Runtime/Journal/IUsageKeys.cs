using System.Collections.Frozen;
using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The keys of usage that was counted, so that none is counted twice. Commits write them, each with its day; this is how old ones are
/// removed. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IUsageKeys
{
    /// <summary>The most keys that one call may find or change.</summary>
    const int SliceMax = 1_000;

    /// <summary>Keys of the days that were over a day before an instant, oldest first. The day between is for clocks that differ.</summary>
    ValueTask<IReadOnlyList<UsageKey>> FindOldAsync(Instant before, int max, CancellationToken cancellationToken);

    /// <summary>
    /// Removes keys that were found as old before an instant. In the same transaction this becomes the floor of usage if it is later
    /// than the one before: whatever is set, and whatever another clock says, no usage before the floor is counted any more.
    /// </summary>
    ValueTask ForgetAsync(IReadOnlyList<UsageKey> keys, Instant before, CancellationToken cancellationToken);

    /// <summary>Gives keys that are still needed another day, so that they are looked at again when that is old.</summary>
    ValueTask KeepAsync(IReadOnlyList<UsageKey> keys, Instant day, CancellationToken cancellationToken);
}

/// <summary>What a journal knows of the usage that a command brings.</summary>
/// <param name="Keys">The keys that were counted.</param>
/// <param name="Floor">The latest instant before which keys were ever forgotten; null if none were.</param>
public sealed record KnownUsage(IReadOnlySet<string> Keys, Instant? Floor)
{
    /// <summary>Nothing was counted, and nothing forgotten.</summary>
    public static KnownUsage None { get; } = new(FrozenSet<string>.Empty, null);
}

/// <summary>A usage event or a unique key that a subscription counted.</summary>
/// <param name="Key">The key within the subscription.</param>
public readonly record struct UsageKey(string SubscriptionId, string Key);
