namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>
/// The highest version that was acknowledged of each subscription, by its number. What is stored afterwards must be at least
/// that. Many threads may note at once.
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

    /// <summary>The highest version acknowledged; 0 when none was.</summary>
    public long Of(int number) =>
        segments[number >> SegmentBits] is { } segment ? Volatile.Read(ref segment[number & (SegmentLength - 1)]) : 0;

    /// <summary>Subscriptions of which anything was acknowledged.</summary>
    public long Count() => segments.Where(segment => segment is not null).Sum(segment => segment!.LongCount(version => version > 0));

    private long[] SegmentOf(int number)
    {
        ref var segment = ref segments[number >> SegmentBits];
        if (segment is null) Interlocked.CompareExchange(ref segment, new long[SegmentLength], null);
        return segment;
    }
}
