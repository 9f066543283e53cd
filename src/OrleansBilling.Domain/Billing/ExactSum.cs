using System.Numerics;

namespace OrleansBilling.Domain.Billing;

/// <summary>
/// An exact sum of fractions that is rounded only once, at the end. The whole part is a 128-bit integer. Only remainders
/// of divisions are kept as a fraction.
/// </summary>
internal struct ExactSum
{
    private Int128 whole;
    private BigInteger numerator;
    private BigInteger denominator;

    public void Add(long amount) => whole += amount;

    /// <summary>
    /// Adds <paramref name="amount"/> × <paramref name="units"/> ÷ <paramref name="per"/>; none of them may be negative.
    /// </summary>
    public void Add(long amount, long units, long per)
    {
        var product = (Int128)amount * units;
        if (per == 1)
        {
            whole += product;
            return;
        }

        var (quotient, remainder) = Int128.DivRem(product, per);
        whole += quotient;
        if (remainder != 0) AddFraction((long)remainder, per);
    }

    /// <summary>The sum, rounded half up.</summary>
    public readonly Int128 Rounded() =>
        numerator.IsZero ? whole : whole + (Int128)(((numerator * 2) + denominator) / (denominator * 2));

    private void AddFraction(long part, long per)
    {
        if (numerator.IsZero)
        {
            (numerator, denominator) = (part, per);
            return;
        }

        var divisor = BigInteger.GreatestCommonDivisor(denominator, per);
        numerator = (numerator * (per / divisor)) + (part * (denominator / divisor));
        denominator = denominator / divisor * per;
    }
}
