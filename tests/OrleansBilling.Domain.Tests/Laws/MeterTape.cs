namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>
/// All events of a meter in a period, from which its reading is worked out anew; a meter that counts otherwise from now
/// on goes on from what it read.
/// </summary>
internal sealed class MeterTape(MeterAggregation aggregation)
{
    private readonly List<(UsageEntry Entry, Instant At)> entries = [];
    private readonly HashSet<string> keys = [];
    private MeterAggregation aggregation = aggregation;
    private long start;

    public long Units => entries.Count == 0 ? start : aggregation switch
    {
        MeterAggregation.Sum => start + entries.Sum(one => one.Entry.Quantity),
        MeterAggregation.Max => Math.Max(start, entries.Max(one => one.Entry.Quantity)),
        MeterAggregation.Last => entries.Last(one => one.At == entries.Max(other => other.At)).Entry.Quantity,
        _ => start + entries.Select(one => one.Entry.Key!).Where(key => !keys.Contains(key)).Distinct().Count(),
    };

    public void Add(UsageEntry entry, Instant at) => entries.Add((entry, at));

    /// <summary>A voided period's events count in the one that goes on instead; of unique keys only when they come again.</summary>
    public void GoesOnWith(MeterTape voided)
    {
        if (aggregation != MeterAggregation.Unique) entries.AddRange(voided.entries);
    }

    /// <summary>Null where the meter is not offered any more.</summary>
    public void CountsBy(MeterAggregation? other)
    {
        if (other is null || other == aggregation) return;
        start = Units;
        keys.UnionWith(entries.Select(one => one.Entry.Key).OfType<string>());
        entries.Clear();
        aggregation = other.Value;
    }
}
