using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Finds the retention offer of a product that works best so far: the one with the largest share of customers who did
/// not cancel after they were assigned to it. The result is kept for <see cref="Lifetime"/>, so that a wave of
/// cancellations does not read the statistics each time.
/// </summary>
public sealed class PreferredRetention(IStatisticsStore statistics, IClock clock, TimeProvider time)
{
    /// <summary>How long new statistics may go unused.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>An offer with fewer assignments has too little data.</summary>
    public const int AssignedMin = 20;

    private const int EntriesMax = 10_000;

    private static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.RetentionAssigned, StatisticMetric.RetentionLost];

    private readonly ConcurrentDictionary<string, Entry> known = new(StringComparer.Ordinal);

    /// <summary>
    /// The offer's position in the product's list, from 1; null when there is too little data, or
    /// while statistics are being recounted.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<int?> FindAsync(string productId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(productId, out var entry) && time.GetElapsedTime(entry.ReadAt) < Lifetime) return entry.Preferred;
        var readAt = time.GetTimestamp();
        var preferred = await ReadAsync(productId, cancellationToken);
        if (known.Count >= EntriesMax) known.Clear();
        known[productId] = new Entry(preferred, readAt);
        return preferred;
    }

    private async ValueTask<int?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        var filter = new StatisticsFilter { ProductId = productId };
        var standing = StatisticPeriod.StandingOn(clock.GetCurrentInstant().InUtc().Date);
        try
        {
            return Choose(await statistics.ReadAsync(filter, Metrics, standing, StatisticsStep.Range, cancellationToken));
        }
        catch (StatisticsRebuildingException)
        {
            return null;
        }
    }

    private static int? Choose(IReadOnlyList<StatisticRow> rows)
    {
        var variants = new SortedDictionary<int, Tally>();
        foreach (var row in rows)
        {
            // Variant 0 is the control group, which gets no offer.
            if (row.Slice is not (> 0 and var variant)) continue;
            var tally = variants.GetValueOrDefault(variant);
            variants[variant] = row.Metric == StatisticMetric.RetentionAssigned
                ? tally with { Assigned = tally.Assigned + row.Value }
                : tally with { Lost = tally.Lost + row.Value };
        }

        var best = default(KeyValuePair<int, Tally>?);
        foreach (var candidate in variants)
        {
            if (candidate.Value.Assigned >= AssignedMin && (best is null || candidate.Value.SavesMoreThan(best.Value.Value)))
                best = candidate;
        }

        return best?.Key;
    }

    private readonly record struct Entry(int? Preferred, long ReadAt);

    private readonly record struct Tally(Int128 Assigned, Int128 Lost)
    {
        /// <summary>Compares saved ÷ assigned without dividing. On a tie the earlier offer wins.</summary>
        public bool SavesMoreThan(Tally other) => (Assigned - Lost) * other.Assigned > (other.Assigned - other.Lost) * Assigned;
    }
}
