using HdrHistogram;
using HdrHistogram.Utilities;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Latencies in an HdrHistogram (by Gil Tene, in its .NET edition): from one microsecond to ten minutes, with three
/// significant digits. Longer latencies count as ten minutes. Safe for concurrent recording.
/// </summary>
internal sealed class LatencyHistogram
{
    public const int SignificantDigits = 3;
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private const double MicrosecondsPerMillisecond = 1_000;
    private const int TicksPerHalfDistance = 5;

    private readonly Recorder recorder = HistogramFactory.With64BitBucketSize()
        .WithValuesFrom(1).WithValuesUpTo(LongestMicroseconds).WithPrecisionOf(SignificantDigits)
        .WithThreadSafeWrites().WithThreadSafeReads().Create();

    private readonly Lock reading = new();
    private readonly LongHistogram whole = new(1, LongestMicroseconds, SignificantDigits);
    private HistogramBase? spare;

    private static long LongestMicroseconds => (long)Longest.TotalMicroseconds;

    public void Record(TimeSpan latency) => recorder.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds));

    /// <summary>Summarizes what was recorded since the last call.</summary>
    public LatencySummary TakeInterval()
    {
        lock (reading)
        {
            spare = spare is null ? recorder.GetIntervalHistogram() : recorder.GetIntervalHistogram(spare);
            whole.Add(spare);
            return Summarise(spare);
        }
    }

    /// <summary>Summarizes everything that was recorded.</summary>
    public LatencySummary Whole()
    {
        lock (reading)
        {
            TakeInterval();
            return Summarise(whole);
        }
    }

    /// <summary>Adds everything that another histogram holds.</summary>
    public void Add(LatencyHistogram other)
    {
        other.TakeInterval();
        lock (reading) whole.Add(other.whole);
    }

    /// <summary>Encodes everything that was recorded in HdrHistogram's compressed format.</summary>
    public byte[] Encode()
    {
        lock (reading)
        {
            TakeInterval();
            var buffer = ByteBuffer.Allocate(whole.GetNeededByteBufferCapacity());
            var length = whole.EncodeIntoCompressedByteBuffer(buffer);
            buffer.Position = 0;
            var bytes = new byte[length];
            for (var n = 0; n < length; n++) bytes[n] = buffer.Get();
            return bytes;
        }
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    public static LatencyHistogram Decode(byte[] encoded)
    {
        var decoded = new LatencyHistogram();
        decoded.whole.Add(HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(encoded), 0));
        return decoded;
    }

    /// <summary>The distribution of all latencies, with more points toward the slowest, as HdrHistogram prints it.</summary>
    public IReadOnlyList<LatencyQuantile> Distribution()
    {
        lock (reading)
        {
            TakeInterval();
            if (whole.TotalCount == 0) return [];
            return [.. whole.Percentiles(TicksPerHalfDistance)
                .Select(value => new LatencyQuantile(value.PercentileLevelIteratedTo, value.ValueIteratedTo / MicrosecondsPerMillisecond))];
        }
    }

    private static LatencySummary Summarise(HistogramBase histogram)
    {
        if (histogram.TotalCount == 0) return new LatencySummary(0, 0, 0, 0, 0, 0, 0);
        return new LatencySummary(
            histogram.TotalCount, At(50), At(90), At(99), At(99.9), histogram.GetMaxValue() / MicrosecondsPerMillisecond,
            histogram.GetMean() / MicrosecondsPerMillisecond);

        double At(double percentile) => histogram.GetValueAtPercentile(percentile) / MicrosecondsPerMillisecond;
    }
}

/// <summary>A summary of latencies in milliseconds; all zero when nothing was recorded.</summary>
/// <param name="Count">Number of latencies.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Max">The longest.</param>
/// <param name="Mean">The average.</param>
internal readonly record struct LatencySummary(long Count, double P50, double P90, double P99, double P999, double Max, double Mean);

/// <summary>One point of a distribution.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Milliseconds">The latency at this percentile.</param>
internal readonly record struct LatencyQuantile(double Percentile, double Milliseconds);
