using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

public sealed class RatioTests
{
    [Fact]
    public void Nothing_divided_by_nothing_is_unknown()
    {
        Assert.Null(new Ratio(0, 0).Value);
        Assert.Null(new Ratio(1, 0).Value);
        Assert.Equal(0, new Ratio(0, 3).Value);
        Assert.Equal(1.5, new Ratio(3, 2).Value);
    }

    [Theory]
    [InlineData(5, 2, 3)]
    [InlineData(-5, 2, -3)]
    [InlineData(4, 3, 1)]
    [InlineData(-4, 3, -1)]
    [InlineData(0, 7, 0)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    public void A_mean_is_rounded_half_away_from_zero(long sum, long count, long mean) => Assert.Equal(mean, WideSums.Mean(sum, count));

    [Fact]
    public void A_mean_of_nobody_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => WideSums.Mean(1, 0));
}
