namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>
/// All events of a meter in a period. Its reading is recomputed from them. A meter whose aggregation changes continues from
/// its reading.
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

    /// <summary>Events of a voided period count in the period that continues; unique keys only when they come again.</summary>
    public void GoesOnWith(MeterTape voided)
    {
        if (aggregation != MeterAggregation.Unique) entries.AddRange(voided.entries);
    }

    /// <summary>Changes the aggregation; null if the offer no longer has the meter.</summary>
    public void CountsBy(MeterAggregation? other)
    {
        if (other is null || other == aggregation) return;
        start = Units;
        keys.UnionWith(entries.Select(one => one.Entry.Key).OfType<string>());
        entries.Clear();
        aggregation = other.Value;
    }
}
