using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>An amount in integer minor units of one currency (2990 BRL is R$ 29.90).</summary>
public readonly record struct Money(long Amount, Currency Currency)
{
    /// <summary>The highest price of an offer, in minor units. It keeps sums of many prices far from overflow.</summary>
    public const long OfferAmountMax = 99_999_999_999;

    /// <summary>A percentage of <paramref name="amount"/>, in thousandths of a percent, rounded once, half away from zero.</summary>
    public static long PercentOf(long amount, int milliPercent) => MultiplyDivide(amount, milliPercent, 100_000);

    /// <summary>
    /// <paramref name="amount"/> × <paramref name="numerator"/> ÷ <paramref name="denominator"/>. It multiplies first, then
    /// divides and rounds once, half away from zero (see "Money and rounding" in the domain's README).
    /// </summary>
    /// <exception cref="OverflowException">The result does not fit in 64 bits, or twice the product does not fit in 128.</exception>
    public static long MultiplyDivide(long amount, long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)amount * numerator;
        var doubled = checked(Int128.Abs(product) * 2 + denominator);
        var rounded = doubled / ((Int128)denominator * 2);
        return checked((long)(product < 0 ? -rounded : rounded));
    }
}
