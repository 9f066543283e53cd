using System.Numerics;

namespace OrleansBilling.LoadTests.Throughput.Measuring;

/// <summary>
/// Counts latencies in microseconds, exact to about 3 %: each power of two has 32 buckets. Fixed in size; many threads may
/// record at once.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;
    private readonly long[] buckets = new long[(64 - SubBits) * SubBuckets];

    public void Record(TimeSpan latency) => Interlocked.Increment(ref buckets[IndexOf(Math.Max(0, (long)latency.TotalMicroseconds))]);

    /// <summary>The latency that a share of all stayed within, in milliseconds; 0 when nothing was recorded.</summary>
    public double Milliseconds(double share)
    {
        var target = (long)Math.Ceiling(buckets.Sum() * share);
        var seen = 0L;
        for (var n = 0; n < buckets.Length; n++)
        {
            seen += buckets[n];
            if (seen >= target && seen > 0) return UpperBound(n) / 1000d;
        }

        return 0;
    }

    private static int IndexOf(long microseconds)
    {
        if (microseconds < SubBuckets) return (int)microseconds;
        var shift = BitOperations.Log2((ulong)microseconds) - SubBits;
        return ((shift + 1) << SubBits) + (int)((microseconds >> shift) - SubBuckets);
    }

    private static long UpperBound(int index)
    {
        if (index < SubBuckets) return index;
        var shift = (index >> SubBits) - 1;
        return (((long)(index & (SubBuckets - 1)) + SubBuckets + 1) << shift) - 1;
    }
}
