using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>Prices of metered units. Included units come first; each price is rounded once.</summary>
public static class UsagePricing
{
    /// <summary>The most that one meter may cost in a period, in minor units: a cap against mistyped prices and runaway meters, far above any bill.</summary>
    public const long PriceMax = 100 * Money.OfferAmountMax;

    /// <summary>What so many units of a meter cost, in minor units; never more than <see cref="PriceMax"/>.</summary>
    public static long Price(Meter meter, long units)
    {
        ArgumentNullException.ThrowIfNull(meter);
        var billable = units - meter.IncludedUnits;
        if (billable <= 0) return 0;
        var price = meter.Pricing switch
        {
            MeterPricing.PerUnit => Of(meter.Price!, billable),
            MeterPricing.Package => Of(meter.Price!, (billable + meter.PackageUnits!.Value - 1) / meter.PackageUnits.Value),
            MeterPricing.Volume => OfTier(meter.Tiers.First(tier => tier.UpTo is null || billable <= tier.UpTo), billable),
            MeterPricing.Graduated => Graduated(meter, billable),
            _ => throw new InvalidOperationException($"{meter.Pricing} is not known."),
        };
        return (long)Int128.Min(price, PriceMax);
    }

    private static Int128 Graduated(Meter meter, long billable)
    {
        Int128 price = 0;
        var below = 0L;
        foreach (var tier in meter.Tiers)
        {
            if (billable <= below) break;
            var last = Math.Min(billable, tier.UpTo ?? billable);
            price += OfTier(tier, last - below);
            below = last;
        }

        return price;
    }

    private static Int128 OfTier(MeterTier tier, long units) => tier.Flat + Of(tier.Price, units);

    /// <summary>In 128 bits, for a trillion units at the highest price go beyond 64; rounded half up.</summary>
    private static Int128 Of(UnitPrice price, long units) => (((Int128)price.Amount * units * 2) + price.Per) / ((Int128)price.Per * 2);
}
