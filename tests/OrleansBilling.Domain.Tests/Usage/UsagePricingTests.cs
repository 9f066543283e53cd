using System.Collections.Immutable;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>What so many units cost.</summary>
public sealed class UsagePricingTests
{
    private static readonly Meter Bare = new() { Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit };

    private static Meter PerUnit(long amount, long per = 1, long included = 0) => Bare with { Price = new UnitPrice(amount, per), IncludedUnits = included };

    private static Meter Packages(long units, long amount, long included = 0) =>
        Bare with { Pricing = MeterPricing.Package, PackageUnits = units, Price = new UnitPrice(amount), IncludedUnits = included };

    private static Meter Tiered(MeterPricing pricing, long included = 0) => Bare with
    {
        Pricing = pricing, IncludedUnits = included,
        Tiers = [new MeterTier(10, new UnitPrice(100)), new MeterTier(100, new UnitPrice(80), 500), new MeterTier(null, new UnitPrice(5, 2))],
    };

    [Theory]
    [InlineData(7, 1, 0, 0, 0)]
    [InlineData(7, 1, 0, 1, 7)]
    [InlineData(7, 1, 0, 1000, 7000)]
    [InlineData(7, 1, 50, 50, 0)]
    [InlineData(7, 1, 50, 51, 7)]
    [InlineData(1, 10, 0, 4, 0)]
    [InlineData(1, 10, 0, 5, 1)]
    [InlineData(1, 10, 0, 14, 1)]
    [InlineData(1, 10, 0, 15, 2)]
    [InlineData(3, 1000, 100, 1_000_100, 3000)]
    [InlineData(0, 1, 0, 1_000_000, 0)]
    public void Every_unit_at_one_price_rounded_once(long amount, long per, long included, long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(PerUnit(amount, per, included), units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 199)]
    [InlineData(10, 199)]
    [InlineData(11, 398)]
    [InlineData(100, 1990)]
    public void Whole_packages_one_begun_counts(long units, long price) => Assert.Equal(price, UsagePricing.Price(Packages(10, 199), units));

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 199)]
    [InlineData(15, 199)]
    [InlineData(16, 398)]
    public void Packages_begin_behind_what_is_included(long units, long price) => Assert.Equal(price, UsagePricing.Price(Packages(10, 199, 5), units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(10, 1000)]
    [InlineData(11, 1580)]
    [InlineData(100, 8700)]
    [InlineData(101, 8703)]
    [InlineData(102, 8705)]
    public void Graduated_each_unit_has_the_price_of_its_tier(long units, long price) => Assert.Equal(price, UsagePricing.Price(Tiered(MeterPricing.Graduated), units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1000)]
    [InlineData(11, 1380)]
    [InlineData(100, 8500)]
    [InlineData(101, 253)]
    public void By_volume_all_units_have_the_price_of_the_last_tier(long units, long price) => Assert.Equal(price, UsagePricing.Price(Tiered(MeterPricing.Volume), units));

    [Theory]
    [InlineData(MeterPricing.Graduated, 21, 1580)]
    [InlineData(MeterPricing.Volume, 21, 1380)]
    [InlineData(MeterPricing.Volume, 10, 0)]
    public void Tiers_are_counted_behind_what_is_included(MeterPricing pricing, long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Tiered(pricing, 10), units));

    [Fact]
    public void A_runaway_meter_is_capped_and_does_not_overflow()
    {
        Assert.Equal(9_999_999_999_900, UsagePricing.PriceMax);
        Assert.Equal(UsagePricing.PriceMax, UsagePricing.Price(PerUnit(long.MaxValue), Meter.UnitsMax));
        Assert.Equal(UsagePricing.PriceMax, UsagePricing.Price(Bare with { Pricing = MeterPricing.Graduated, Tiers = [new MeterTier(null, new UnitPrice(long.MaxValue), long.MaxValue)] }, Meter.UnitsMax));
    }

    [Fact]
    public void Graduated_equals_counting_unit_by_unit() => Properties.Hold(
        from bounds in Gen.Choose(1, 60).ArrayOf(3)
        from prices in Gen.Choose(0, 999).ArrayOf(4)
        from flats in Gen.Choose(0, 999).ArrayOf(4)
        from included in Gen.Choose(0, 40)
        from units in Gen.Choose(0, 300)
        select (bounds, prices, flats, included, units),
        c =>
        {
            long[] ends = [c.bounds[0], c.bounds[0] + c.bounds[1], c.bounds[0] + c.bounds[1] + c.bounds[2]];
            ImmutableArray<MeterTier> tiers = [.. Enumerable.Range(0, 4).Select(n => new MeterTier(n < 3 ? ends[n] : null, new UnitPrice(c.prices[n]), c.flats[n]))];
            var expected = 0L;
            for (var unit = 1; unit <= c.units - c.included; unit++)
            {
                var tier = ends.Count(end => unit > end);
                expected += c.prices[tier];
                if (unit == 1 || ends.Contains(unit - 1)) expected += c.flats[tier];
            }

            return UsagePricing.Price(Bare with { Pricing = MeterPricing.Graduated, Tiers = tiers, IncludedUnits = c.included }, c.units) == expected;
        });
}
