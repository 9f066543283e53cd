using System.Collections.Immutable;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Usage;

public sealed class UsagePricingTests
{
    private static readonly Meter Bare = new() { Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit };

    private static Meter PerUnit(long amount, long per = 1, long included = 0) =>
        Bare with { Price = new UnitPrice(amount, per), IncludedUnits = included };

    private static Meter Packages(long units, long amount, long included = 0) =>
        Bare with { Pricing = MeterPricing.Package, PackageUnits = units, Price = new UnitPrice(amount), IncludedUnits = included };

    private static Meter Tiered(MeterPricing pricing, long included = 0) => Bare with
    {
        Pricing = pricing, IncludedUnits = included,
        Tiers = [
            new MeterTier(10, new UnitPrice(100)), new MeterTier(100, new UnitPrice(80), 500), new MeterTier(null, new UnitPrice(5, 2))],
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
    public void Whole_packages_one_begun_counts(long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Packages(10, 199), units));

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 199)]
    [InlineData(15, 199)]
    [InlineData(16, 398)]
    public void Packages_begin_behind_what_is_included(long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Packages(10, 199, 5), units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(10, 1000)]
    [InlineData(11, 1580)]
    [InlineData(100, 8700)]
    [InlineData(101, 8703)]
    [InlineData(102, 8705)]
    public void Graduated_each_unit_has_the_price_of_its_tier(long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Tiered(MeterPricing.Graduated), units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1000)]
    [InlineData(11, 1380)]
    [InlineData(100, 8500)]
    [InlineData(101, 253)]
    public void By_volume_all_units_have_the_price_of_the_last_tier(long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Tiered(MeterPricing.Volume), units));

    [Theory]
    [InlineData(MeterPricing.Graduated, 21, 1580)]
    [InlineData(MeterPricing.Volume, 21, 1380)]
    [InlineData(MeterPricing.Volume, 10, 0)]
    public void Tiers_are_counted_behind_what_is_included(MeterPricing pricing, long units, long price) =>
        Assert.Equal(price, UsagePricing.Price(Tiered(pricing, 10), units));

    /// <summary>Rounded tier by tier, these would be 2 and 50.</summary>
    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(50, 50, 25)]
    [InlineData(49, 49, 25)]
    [InlineData(48, 48, 24)]
    public void Tiers_of_half_a_unit_each_are_rounded_once(int tiers, long units, long price)
    {
        var half = new UnitPrice(1, 2);
        var meter = Bare with
        {
            Pricing = MeterPricing.Graduated,
            Tiers = [.. Enumerable.Range(1, tiers).Select(n => new MeterTier(n == tiers ? null : n, half))],
        };

        Assert.Equal(price, UsagePricing.Price(meter, units));
    }

    [Fact]
    public void Thirds_and_sevenths_and_a_flat_make_a_whole()
    {
        var meter = Bare with
        {
            Pricing = MeterPricing.Graduated,
            Tiers = [
                new MeterTier(1, new UnitPrice(1, 3), 5), new MeterTier(2, new UnitPrice(2, 7)), new MeterTier(null, new UnitPrice(8, 21))],
        };

        // 7/21 + 6/21 + 8/21 is 1; one more unit makes 29/21, and two make 37/21.
        Assert.Equal([5L, 6L, 6L, 6L, 7L], new long[] { 1, 2, 3, 4, 5 }.Select(units => UsagePricing.Price(meter, units)));
    }

    [Theory]
    [InlineData(1_000_000_000_000, 1000, 1, 1_000_000_000_000_000L)]
    [InlineData(999_999_999_999, 1000, 1, 999_999_999_999_000L)]
    [InlineData(1_000_000_000_000, 99_999_999_999, 100_000_000, 999_999_999_990_000L)]
    [InlineData(1_000_000_000_000, 1, 3, 333_333_333_333L)]
    [InlineData(1_000_000_000_000, 2, 3, 666_666_666_667L)]
    [InlineData(1_000_000_000_000, 1001, 1, null)]
    [InlineData(1_000_000_000_000, 99_999_999_999, 99_999_998, null)]
    public void It_is_exact_up_to_ten_to_the_fifteenth_and_too_large_beyond(long units, long amount, long per, long? price)
    {
        Assert.Equal(price is null, UsagePricing.IsTooLarge(PerUnit(amount, per), units));
        Assert.Equal(price ?? 1_000_000_000_000_000, UsagePricing.Price(PerUnit(amount, per), units));
    }

    /// <summary>Half a minor unit above the limit is refused; less is rounded down to the limit.</summary>
    [Fact]
    public void The_limit_is_of_the_rounded_price()
    {
        var meter = Bare with
        {
            Pricing = MeterPricing.Graduated,
            Tiers = [new MeterTier(999_999_999_999, new UnitPrice(1000), 1000), new MeterTier(null, new UnitPrice(1, 2))],
        };
        Assert.True(UsagePricing.IsTooLarge(meter, 1_000_000_000_000));

        var less = meter with { Tiers = [meter.Tiers[0], new MeterTier(null, new UnitPrice(49, 100))] };
        Assert.False(UsagePricing.IsTooLarge(less, 1_000_000_000_000));
        Assert.Equal(1_000_000_000_000_000, UsagePricing.Price(less, 1_000_000_000_000));
    }

    [Fact]
    public void The_dearest_meter_that_an_offer_may_have_does_not_overflow()
    {
        var dear = new UnitPrice(Domain.Billing.Money.OfferAmountMax);
        var tiers = Enumerable.Range(1, Meter.TiersMax)
            .Select(n => new MeterTier(n == Meter.TiersMax ? null : n, dear, Domain.Billing.Money.OfferAmountMax));

        Assert.True(UsagePricing.IsTooLarge(PerUnit(dear.Amount), Meter.UnitsMax));
        Assert.True(UsagePricing.IsTooLarge(Bare with { Pricing = MeterPricing.Graduated, Tiers = [.. tiers] }, Meter.UnitsMax));
        Assert.False(UsagePricing.IsTooLarge(PerUnit(dear.Amount), 10_000));
        Assert.True(UsagePricing.IsTooLarge(PerUnit(dear.Amount), 10_001));
    }

    /// <summary>Random prices, small and huge, compared with unbounded fractions.</summary>
    [Fact]
    public void Every_price_is_the_exact_one()
    {
        var (exact, tooLarge, fractions) = (0, 0, 0);
        Properties.Hold(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var dice = new Random(seed);
            var meter = RandomMeter.Roll(dice, "m");
            var units = RandomMeter.Units(dice, meter);
            var price = ExactPrice.Of(meter, units);
            if (price > UsagePricing.PriceMax) tooLarge++;
            else exact++;
            if (meter.Tiers.Any(tier => tier.Price.Per > 1)) fractions++;
            return UsagePricing.IsTooLarge(meter, units) == price > UsagePricing.PriceMax
                && UsagePricing.Price(meter, units) == System.Numerics.BigInteger.Min(price, UsagePricing.PriceMax);
        }, count: 20_000);
        Assert.True(
            exact > 10_000 && tooLarge > 1_000 && fractions > 3_000, $"{exact} exact, {tooLarge} too large, {fractions} of fractions");
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
            ImmutableArray<MeterTier> tiers = [
                .. Enumerable.Range(0, 4).Select(n => new MeterTier(n < 3 ? ends[n] : null, new UnitPrice(c.prices[n]), c.flats[n]))];
            var expected = 0L;
            for (var unit = 1; unit <= c.units - c.included; unit++)
            {
                var tier = ends.Count(end => unit > end);
                expected += c.prices[tier];
                if (unit == 1 || ends.Contains(unit - 1)) expected += c.flats[tier];
            }

            return UsagePricing.Price(
                Bare with { Pricing = MeterPricing.Graduated, Tiers = tiers, IncludedUnits = c.included }, c.units) == expected;
        });
}
