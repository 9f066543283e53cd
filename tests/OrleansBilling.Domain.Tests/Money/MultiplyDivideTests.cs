using MoneyAmount = OrleansBilling.Domain.Billing.Money;

namespace OrleansBilling.Domain.Tests.Money;

public sealed class MultiplyDivideTests
{
    [Theory]
    [InlineData(1, 1, 2, 1)]
    [InlineData(-1, 1, 2, -1)]
    [InlineData(3, 1, 2, 2)]
    [InlineData(-3, 1, 2, -2)]
    [InlineData(5, 1, 2, 3)]
    [InlineData(-5, 1, 2, -3)]
    [InlineData(1, 1, 3, 0)]
    [InlineData(2, 1, 3, 1)]
    [InlineData(-2, 1, 3, -1)]
    [InlineData(1, -1, 2, -1)]
    [InlineData(-1, -1, 2, 1)]
    [InlineData(0, 7, 3, 0)]
    [InlineData(2990, 15, 31, 1447)]
    [InlineData(1000, 1, 12, 83)]
    [InlineData(1000, 304_375, 70_000, 4348)]
    [InlineData(99_999_999_999, 863_999, 864_000, 99_999_884_258)]
    public void It_multiplies_first_and_rounds_once_half_away_from_zero(long amount, long numerator, long denominator, long expected) =>
        Assert.Equal(expected, MoneyAmount.MultiplyDivide(amount, numerator, denominator));

    [Theory]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue, long.MaxValue, long.MinValue)]
    [InlineData(long.MaxValue, 1, 1, long.MaxValue)]
    [InlineData(long.MinValue, 1, 1, long.MinValue)]
    public void The_product_may_need_128_bits_so_long_as_the_result_needs_64(
        long amount, long numerator, long denominator, long expected) =>
        Assert.Equal(expected, MoneyAmount.MultiplyDivide(amount, numerator, denominator));

    [Theory]
    [InlineData(long.MaxValue, 2, 1)]
    [InlineData(long.MinValue, 2, 1)]
    [InlineData(long.MinValue, -1, 1)]
    [InlineData(long.MaxValue, long.MaxValue, 1)]
    [InlineData(long.MinValue, long.MinValue, 1)]
    [InlineData(long.MinValue, long.MinValue, long.MaxValue)]
    public void A_result_beyond_64_bits_throws(long amount, long numerator, long denominator) =>
        Assert.Throws<OverflowException>(() => MoneyAmount.MultiplyDivide(amount, numerator, denominator));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void The_denominator_is_positive(long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MoneyAmount.MultiplyDivide(1, 1, denominator));
}
