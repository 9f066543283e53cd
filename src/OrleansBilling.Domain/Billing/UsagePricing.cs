using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>
/// Prices of metered units. Included units are free. The price is summed exactly over tiers, flat fees and packages and then
/// rounded once.
/// </summary>
public static class UsagePricing
{
    /// <summary>
    /// The most that one meter may cost in a period, in minor units. It is far above any real bill and far below the limit of 64
    /// bits.
    /// </summary>
    public const long PriceMax = 1_000_000_000_000_000;

    /// <summary>
    /// The price of a number of units, in minor units. Usage that <see cref="IsTooLarge"/> is refused when recorded, so the cap
    /// here affects only readings that are older than that check.
    /// </summary>
    public static long Price(Meter meter, long units) => (long)Int128.Min(Exact(meter, units), PriceMax);

    /// <summary>Whether the units would cost more than <see cref="PriceMax"/>.</summary>
    public static bool IsTooLarge(Meter meter, long units)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return AtMost(meter, units) > PriceMax && Exact(meter, units) > PriceMax;
    }

    private static Int128 Exact(Meter meter, long units)
    {
        ArgumentNullException.ThrowIfNull(meter);
        var billable = units - meter.IncludedUnits;
        if (billable <= 0) return 0;
        var sum = new ExactSum();
        switch (meter.Pricing)
        {
            case MeterPricing.PerUnit:
                Add(ref sum, meter.Price!, billable);
                break;
            case MeterPricing.Package:
                Add(ref sum, meter.Price!, PackagesOf(meter, billable));
                break;
            case MeterPricing.Volume:
                AddTier(ref sum, meter.Tiers.First(tier => tier.UpTo is null || billable <= tier.UpTo), billable);
                break;
            case MeterPricing.Graduated:
                AddTiers(ref sum, meter, billable);
                break;
            default:
                throw new InvalidOperationException($"Unknown meter pricing: {meter.Pricing}.");
        }

        return sum.Rounded();
    }

    /// <summary>An upper bound of the price, computed without division: all units in every tier, as if each price were per unit.</summary>
    private static Int128 AtMost(Meter meter, long units)
    {
        if (meter.Price is { } price) return (Int128)price.Amount * units;
        Int128 most = 0;
        foreach (var tier in meter.Tiers) most += ((Int128)tier.Price.Amount * units) + tier.Flat;
        return most;
    }

    private static void AddTiers(ref ExactSum sum, Meter meter, long billable)
    {
        var below = 0L;
        foreach (var tier in meter.Tiers)
        {
            if (billable <= below) break;
            var last = Math.Min(billable, tier.UpTo ?? billable);
            AddTier(ref sum, tier, last - below);
            below = last;
        }
    }

    private static void AddTier(ref ExactSum sum, MeterTier tier, long units)
    {
        sum.Add(tier.Flat);
        Add(ref sum, tier.Price, units);
    }

    private static void Add(ref ExactSum sum, UnitPrice price, long units) => sum.Add(price.Amount, units, price.Per);

    private static long PackagesOf(Meter meter, long billable) => (billable + meter.PackageUnits!.Value - 1) / meter.PackageUnits.Value;
}
