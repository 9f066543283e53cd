namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>
/// The highest acknowledged version of each subscription, by its number. The stored version must be at least that. Safe for
/// concurrent recording.
/// </summary>
internal sealed class AcknowledgedVersions
{
    private const int SegmentBits = 16;
    private const int SegmentLength = 1 << SegmentBits;
    private readonly long[]?[] segments = new long[1 << (31 - SegmentBits)][];

    public void Note(int number, long version)
    {
        ref var highest = ref SegmentOf(number)[number & (SegmentLength - 1)];
        for (var known = Volatile.Read(ref highest); known < version;)
        {
            var before = Interlocked.CompareExchange(ref highest, version, known);
            if (before == known) return;
            known = before;
        }
    }

    /// <summary>The highest acknowledged version of a subscription; 0 when there is none.</summary>
    public long Of(int number) =>
        segments[number >> SegmentBits] is { } segment ? Volatile.Read(ref segment[number & (SegmentLength - 1)]) : 0;

    /// <summary>The number of subscriptions with an acknowledged command.</summary>
    public long Count() => segments.Where(segment => segment is not null).Sum(segment => segment!.LongCount(version => version > 0));

    private long[] SegmentOf(int number)
    {
        ref var segment = ref segments[number >> SegmentBits];
        if (segment is null) Interlocked.CompareExchange(ref segment, new long[SegmentLength], null);
        return segment;
    }
}
