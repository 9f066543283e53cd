using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>A random product with several offers to change between: add-ons, meters, splits, taxes, parts, alerts, rewards.</summary>
public sealed class RandomMarket
{
    private RandomMarket(IReadOnlyList<OfferTerms> offers) => Offers = offers;

    /// <summary>The offers. The first one is subscribed to.</summary>
    public IReadOnlyList<OfferTerms> Offers { get; }

    public static RandomMarket Roll(Random dice, Given given)
    {
        var product = given.OfProduct(p => p with
        {
            Tax = dice.Next(2) == 0 ? null : Tax(dice),
            Loyalty = dice.Next(3) > 0 ? null : new LoyaltyReward(dice.Next(1, 4), Reduction(dice), dice.Next(1, 3), dice.Next(2) == 0),
            Retention = dice.Next(2) == 0 ? null : Retention(dice),
            OnChargeback = RandomTerms.Pick(dice, Enum.GetValues<ChargebackAction>()),
            Voucher = new VoucherTerms(dice.Next(1, 8), dice.Next(0, 3)),
        });
        var first = Rich(dice, product);
        return new RandomMarket(
        [
            first.Terms(),
            Rich(dice, first.Other("cheaper", dice.Next(0, 5_000), 1, RandomTerms.Pick(dice, Enum.GetValues<IntervalUnit>()))).Terms(),
            Rich(dice, product.OfOffer(o => o with { Id = "dearer", Amount = dice.Next(1, 200_000) })).Terms(),
            Rich(dice,
                product.Other("yearly", dice.Next(1, 900_000), 1, IntervalUnit.Year)
                    .OfPlan(p => p with { Installments = dice.Next(1, 13) })).Terms(),
            Rich(dice, product.Other("metered", 0)).Terms(),
        ]);
    }

    public static Coupon Coupon(Random dice) => new()
    {
        Id = $"coupon-{dice.Next(6)}", SellerId = "seller", Reduction = Reduction(dice),
        Recurrences = dice.Next(3) == 0 ? null : dice.Next(1, 4),
    };

    private static Given Rich(Random dice, Given given) => given
        .OfPlan(p => p with { AlertDays = dice.Next(2) == 0 ? null : dice.Next(1, 12) })
        .OfOffer(o => o with
        {
            AddOns = [new AddOn("support", "Support", dice.Next(1, 3_000)), new AddOn("storage", "Storage", dice.Next(0, 700))],
            Meters = [.. Meters(dice).Where(_ => dice.Next(8) > 0)],
            Split = dice.Next(2) == 0 ? [] :
            [
                new SplitPart(SplitRole.Platform, "platform", dice.Next(1, 20_000), null),
                new SplitPart(SplitRole.CoProducer, "co-producer", null, dice.Next(1, 2_000)),
                new SplitPart(SplitRole.Affiliate, null, 30_000, null),
            ],
        });

    /// <summary>
    /// The meters of one offer. Calls have one of a few prices, so a change may keep that meter or not; the other meters are the
    /// same in all offers.
    /// </summary>
    private static ImmutableArray<Meter> Meters(Random dice) =>
    [
        new Meter
        {
            Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
            Price = new UnitPrice(dice.Next(1, 4) * 7, 10), IncludedUnits = 25,
        },
        new Meter
        {
            Id = "users", Name = "Users", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.Volume,
            Tiers = [new MeterTier(2, new UnitPrice(500)), new MeterTier(null, new UnitPrice(300))],
        },
        new Meter
        {
            Id = "peak", Name = "Peak", Aggregation = MeterAggregation.Max, Pricing = MeterPricing.Package, PackageUnits = 10,
            Price = new UnitPrice(199),
        },
        new Meter
        {
            Id = "disk", Name = "Disk", Aggregation = MeterAggregation.Last, Pricing = MeterPricing.Graduated,
            Tiers = [new MeterTier(10, new UnitPrice(20), 5), new MeterTier(null, new UnitPrice(7))],
        },
    ];

    private static TaxPolicy Tax(Random dice) => new(
        dice.Next(2) == 0,
        [new TaxRate("BR", "ISS", dice.Next(0, 25_000)), new TaxRate("BR", "PIS", dice.Next(0, 9_975)),
            new TaxRate(null, "VAT", dice.Next(0, 27_000))]);

    private static PriceReduction Reduction(Random dice) =>
        dice.Next(2) == 0 ? new PriceReduction(dice.Next(1, 100_001), null) : new PriceReduction(null, dice.Next(1, 20_000));

    private static RetentionPolicy Retention(Random dice)
    {
        ImmutableArray<RetentionOffer> offers =
        [
            new("half", [], 0, new PriceReduction(50_000, null), 2, null, null),
            new("rest", ["no_time"], 0, null, null, dice.Next(1, 60), null),
            new("less", [], 0, null, null, null, "cheaper"),
        ];
        return new RetentionPolicy(dice.Next(), dice.Next(0, 30), dice.Next(0, 70), offers);
    }
}
