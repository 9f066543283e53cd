using System.Diagnostics;
using System.Globalization;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Freshness;

/// <summary>How fresh the readings of a counter were while it grew.</summary>
/// <param name="Readings">Number of readings.</param>
/// <param name="StalestSeconds">The largest age, over all readings, of an acknowledged cancellation that the reading missed;
/// counted from its acknowledgment to the start of the reading.</param>
/// <param name="Stale">Readings that missed a cancellation acknowledged more than a second earlier.</param>
/// <param name="Invented">Readings that showed more cancellations than had been sent when the reading ended.</param>
/// <param name="LastReading">The last value read, minus the opening value.</param>
/// <param name="Acknowledged">Cancellations acknowledged in total.</param>
/// <param name="Sent">Cancellations sent in total.</param>
internal sealed record FreshnessVerdict(
    int Readings, double StalestSeconds, int Stale, int Invented, long LastReading, long Acknowledged, long Sent)
{
    /// <summary>Figures are at most one second old (see "Statistics" in the domain's README).</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(1);

    /// <param name="sent">When each was sent, ascending.</param>
    /// <param name="acknowledged">When each was acknowledged, ascending.</param>
    /// <param name="readings">In the order they were made.</param>
    /// <param name="opening">The counter's value before the first cancellation.</param>
    public static FreshnessVerdict Of(long[] sent, long[] acknowledged, IReadOnlyList<StatisticsReading> readings, long opening)
    {
        var stalest = TimeSpan.Zero;
        var stale = 0;
        var invented = 0;
        foreach (var reading in readings)
        {
            var shown = reading.Value - opening;
            var age = AgeOf(acknowledged, reading.StartedAt, shown);
            if (age > stalest) stalest = age;
            if (age > AgeMax) stale++;
            if (shown > CountUpTo(sent, reading.EndedAt)) invented++;
        }

        return new FreshnessVerdict(
            readings.Count, stalest.TotalSeconds, stale, invented, readings.Count == 0 ? 0 : readings[^1].Value - opening,
            acknowledged.Length, sent.Length);
    }

    public IEnumerable<RunCheck> Checks()
    {
        yield return new RunCheck(
            "readings of the statistics", "at least 1", Readings.ToString("N0", CultureInfo.InvariantCulture), Readings > 0);
        yield return new RunCheck(
            "oldest acknowledged cancellation that a reading missed", "at most 1 s old",
            string.Create(CultureInfo.InvariantCulture, $"{StalestSeconds:0.000} s old"), Stale == 0);
        yield return RunCheck.None("readings that showed more than was sent", Invented);

        // A command without an answer may have taken effect.
        yield return new RunCheck(
            "cancellations in the last reading", string.Create(CultureInfo.InvariantCulture, $"{Acknowledged:N0}"),
            string.Create(CultureInfo.InvariantCulture, $"{LastReading:N0}"),
            LastReading >= Acknowledged && LastReading <= Sent);
    }

    /// <summary>The age of the oldest acknowledged cancellation that is not shown; zero when all are shown.</summary>
    private static TimeSpan AgeOf(long[] acknowledged, long startedAt, long shown) =>
        shown < CountUpTo(acknowledged, startedAt) ? Stopwatch.GetElapsedTime(acknowledged[Math.Max(0, shown)], startedAt) : TimeSpan.Zero;

    private static int CountUpTo(long[] ascending, long timestamp)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] <= timestamp) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
