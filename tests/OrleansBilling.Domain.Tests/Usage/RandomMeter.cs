namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>Random meters: every way to count and price, from cents per thousand to the highest price that may be sold.</summary>
public static class RandomMeter
{
    private static readonly long[] Magnitudes = [2, 20, 1_000, 1_000_000, Meter.UnitsMax];
    private static readonly long[] Denominators = [1, 1, 1, 2, 3, 7, 10, 100, 1_000, 999_999_999_989, Meter.UnitsMax];

    public static Meter Roll(Random dice, string id, long? dearest = null)
    {
        var pricing = Pick(dice, Enum.GetValues<MeterPricing>());
        var meter = new Meter
        {
            Id = id, Name = id.ToUpperInvariant(), Aggregation = Pick(dice, Enum.GetValues<MeterAggregation>()), Pricing = pricing,
            IncludedUnits = dice.Next(2) == 0 ? 0 : dice.NextInt64(Pick(dice, Magnitudes)),
        };
        return pricing switch
        {
            MeterPricing.PerUnit => meter with { Price = Price(dice, dearest) },
            MeterPricing.Package => meter with { Price = Price(dice, dearest), PackageUnits = dice.NextInt64(1, Pick(dice, Magnitudes)) },
            _ => meter with { Tiers = [.. Tiers(dice, dearest)] },
        };
    }

    /// <summary>Often exactly at the end of the included units or of a tier.</summary>
    public static long Units(Random dice, Meter meter)
    {
        if (dice.Next(3) > 0 || meter.Tiers.Length < 2) return dice.NextInt64(Pick(dice, Magnitudes) + 1);
        var end = meter.IncludedUnits + meter.Tiers[dice.Next(meter.Tiers.Length - 1)].UpTo!.Value;
        return Math.Min(Meter.UnitsMax, end + dice.Next(3));
    }

    private static IEnumerable<MeterTier> Tiers(Random dice, long? dearest)
    {
        var ends = Enumerable.Range(0, dice.Next(0, Meter.TiersMax)).Select(_ => dice.NextInt64(1, Pick(dice, Magnitudes))).Distinct()
            .Order().ToList();
        foreach (var end in ends) yield return new MeterTier(end, Price(dice, dearest), Flat(dice));
        yield return new MeterTier(null, Price(dice, dearest), Flat(dice));
    }

    private static long Flat(Random dice) => dice.Next(3) == 0 ? dice.NextInt64(1_000) : 0;

    private static UnitPrice Price(Random dice, long? dearest) =>
        new(dice.Next(5) == 0 ? dice.NextInt64((dearest ?? Domain.Billing.Money.OfferAmountMax) + 1) : dice.NextInt64(1_000),
            Pick(dice, Denominators));

    private static T Pick<T>(Random dice, IReadOnlyList<T> choices) => choices[dice.Next(choices.Count)];
}
