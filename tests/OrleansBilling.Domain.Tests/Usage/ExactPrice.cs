using System.Numerics;

namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>
/// An independent computation of usage prices: unbounded fractions, rounded half up at the very end. Graduated prices are
/// computed tier by tier from the top, not from the bottom.
/// </summary>
public static class ExactPrice
{
    public static BigInteger Of(Meter meter, BigInteger units)
    {
        var billable = units - meter.IncludedUnits;
        if (billable <= 0) return 0;
        var (numerator, denominator) = meter.Pricing switch
        {
            MeterPricing.PerUnit => Times(meter.Price!, billable),
            MeterPricing.Package =>
                Times(meter.Price!, BigInteger.Divide(billable + meter.PackageUnits!.Value - 1, meter.PackageUnits.Value)),
            MeterPricing.Volume => InTier(meter.Tiers.Single(tier => Holds(meter, tier, billable)), billable),
            _ => Graduated(meter, billable),
        };
        return Round(numerator, denominator);
    }

    /// <summary>Half up; nothing here is negative.</summary>
    private static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        var down = BigInteger.DivRem(numerator, denominator, out var rest);
        return rest * 2 >= denominator ? down + 1 : down;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Graduated(Meter meter, BigInteger billable)
    {
        (BigInteger Numerator, BigInteger Denominator) sum = (0, 1);
        var left = billable;
        for (var n = meter.Tiers.Length - 1; n >= 0; n--)
        {
            var below = n == 0 ? 0 : meter.Tiers[n - 1].UpTo!.Value;
            if (left <= below) continue;
            var (numerator, denominator) = InTier(meter.Tiers[n], left - below);
            sum = ((sum.Numerator * denominator) + (numerator * sum.Denominator), sum.Denominator * denominator);
            left = below;
        }

        return sum;
    }

    private static bool Holds(Meter meter, MeterTier tier, BigInteger unit)
    {
        var index = meter.Tiers.IndexOf(tier);
        return (index == 0 || unit > meter.Tiers[index - 1].UpTo!.Value) && (tier.UpTo is null || unit <= tier.UpTo);
    }

    private static (BigInteger Numerator, BigInteger Denominator) InTier(MeterTier tier, BigInteger units)
    {
        var (numerator, denominator) = Times(tier.Price, units);
        return (numerator + (tier.Flat * denominator), denominator);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Times(UnitPrice price, BigInteger units) =>
        (price.Amount * units, price.Per);
}
