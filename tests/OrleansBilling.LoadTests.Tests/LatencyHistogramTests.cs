using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Percentiles match those of the sorted data, within the stated precision.</summary>
public sealed class LatencyHistogramTests
{
    private const double Precision = 0.001;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_those_of_the_data(int seed)
    {
        var dice = new Random(seed);
        var histogram = new LatencyHistogram();
        var data = new List<long>();
        for (var n = 0; n < 50_000; n++)
        {
            // From microseconds to minutes, most of them short.
            var microseconds = (long)Math.Exp(dice.NextDouble() * 18) + 1;
            data.Add(microseconds);
            histogram.Record(TimeSpan.FromMicroseconds(microseconds));
        }

        data.Sort();
        var summary = histogram.Whole();
        Assert.Equal(data.Count, summary.Count);
        AssertNear(Exact(data, 0.50), summary.P50);
        AssertNear(Exact(data, 0.90), summary.P90);
        AssertNear(Exact(data, 0.99), summary.P99);
        AssertNear(Exact(data, 0.999), summary.P999);
        AssertNear(data[^1], summary.Max);
        AssertNear(data.Average(), summary.Mean);
    }

    [Fact]
    public void An_interval_holds_what_came_since_the_last_one_and_the_whole_holds_all()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, histogram.TakeInterval().Count);
        histogram.Record(TimeSpan.FromMilliseconds(100));
        histogram.Record(TimeSpan.FromMilliseconds(100));
        var second = histogram.TakeInterval();
        Assert.Equal(2, second.Count);
        AssertNear(100_000, second.P50);
        Assert.Equal(0, histogram.TakeInterval().Count);
        Assert.Equal(3, histogram.Whole().Count);
    }

    [Fact]
    public void What_takes_longer_than_can_be_told_counts_as_the_longest()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromHours(3));
        histogram.Record(TimeSpan.Zero);
        AssertNear((long)LatencyHistogram.Longest.TotalMicroseconds, histogram.Whole().Max);
        Assert.Equal(2, histogram.Whole().Count);
    }

    [Fact]
    public void Nothing_is_lost_when_many_record_while_somebody_reads()
    {
        const int Writers = 4;
        const int Each = 20_000;
        var histogram = new LatencyHistogram();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < Each; n++) histogram.Record(TimeSpan.FromMicroseconds(n + 1));
        })));
        var read = 0L;
        while (!writing.IsCompleted) read += histogram.TakeInterval().Count;
        read += histogram.TakeInterval().Count;
        Assert.Equal(Writers * Each, read);
        Assert.Equal(Writers * Each, histogram.Whole().Count);
    }

    [Fact]
    public void The_distribution_ascends_to_the_longest()
    {
        var histogram = new LatencyHistogram();
        for (var n = 1; n <= 1_000; n++) histogram.Record(TimeSpan.FromMilliseconds(n));
        var distribution = histogram.Distribution();
        Assert.Equal(
            distribution.OrderBy(quantile => quantile.Percentile).Select(quantile => quantile.Milliseconds),
            distribution.Select(quantile => quantile.Milliseconds).Order());
        Assert.Equal(100, distribution[^1].Percentile);
        AssertNear(1_000_000, distribution[^1].Milliseconds);
    }

    [Fact]
    public void An_empty_one_has_no_distribution() => Assert.Empty(new LatencyHistogram().Distribution());

    private static long Exact(List<long> sorted, double share) => sorted[(int)Math.Ceiling(sorted.Count * share) - 1];

    private static void AssertNear(double microseconds, double milliseconds) =>
        Assert.InRange(milliseconds * 1_000, (microseconds * (1 - Precision)) - 1, (microseconds * (1 + Precision)) + 1);
}
