using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>An amount in integer minor units of one currency (2990 BRL is R$ 29.90).</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct Money(long Amount, Currency Currency)
{
    /// <summary>The largest price that an offer may ask, in minor units; sums of many stay far from overflow.</summary>
    public const long OfferAmountMax = 99_999_999_999;

    /// <summary>So many thousandths of a percent of <paramref name="amount"/>, rounded once, half away from zero.</summary>
    public static long PercentOf(long amount, int milliPercent) => MultiplyDivide(amount, milliPercent, 100_000);

    /// <summary>
    /// <paramref name="amount"/> × <paramref name="numerator"/> ÷ <paramref name="denominator"/>, multiplied before it
    /// is divided and rounded once, half away from zero (see "Money and rounding" in the domain's README).
    /// </summary>
    /// <exception cref="OverflowException">The result does not fit 64 bits, or twice the product does not fit 128.</exception>
    public static long MultiplyDivide(long amount, long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)amount * numerator;
        var doubled = checked(Int128.Abs(product) * 2 + denominator);
        var rounded = doubled / ((Int128)denominator * 2);
        return checked((long)(product < 0 ? -rounded : rounded));
    }
}
