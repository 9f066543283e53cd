using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>Catalog entries: full ones with a distinct value in every field, and bare ones with only the required fields.</summary>
public static class Catalogs
{
    public static Product Product(string id = "product-1", string seller = "seller-1") => new(
        id,
        seller,
        "Café \"Zürich\"",
        "Europe/Zurich",
        new DunningPolicy(3, 20, [2, 4], true, ExhaustedAction.LeavePastDue),
        TrialWithoutPaymentMethod.PastDue)
    {
        Description = "Every week a \"recipe\",\nand a cook who answers. 🥘",
        Tax = new TaxPolicy(true, [new TaxRate("CH", "MWST", 8_100), new TaxRate(null, "None", 0)]),
        Loyalty = new LoyaltyReward(12, new PriceReduction(12_500, null), 2, true),
        Retention = new RetentionPolicy(-7, 10, 20, [
            new RetentionOffer("half", ["too_expensive", "other"], 3, new PriceReduction(50_000, null), 2, null, null),
            new RetentionOffer("rest", [], 0, null, null, 30, null),
            new RetentionOffer("cheaper", [], 1, null, null, null, "offer-2"),
        ]),
        Voucher = new VoucherTerms(5, 2),
        OnChargeback = ChargebackAction.Keep,
    };

    public static Product BareProduct(string id) =>
        new(id, "seller-9", "Bare", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);

    public static Plan Plan(string id = "plan-1", string product = "product-1") => new(
        id,
        product,
        "Quarterly",
        new BillingInterval(IntervalUnit.Month, 3),
        14,
        12,
        DunningPolicy.Default with { OnExhausted = ExhaustedAction.Pause })
    {
        Description = "Four times a year",
        Installments = 3,
        AlertDays = 7,
    };

    public static Plan BarePlan(string id, string product) =>
        new(id, product, "Bare", new BillingInterval(IntervalUnit.Week, 1), 0, null, null);

    public static Offer Offer(
        string id = "offer-1", int version = 1, string plan = "plan-1", long amount = 4_990, string currency = "BRL") =>
        new(id, version, plan, amount, currency)
        {
            AddOns = [new AddOn("seat", "A seat", 1_000), new AddOn("support", "Support", 0)],
            Meters =
            [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.Graduated,
                    IncludedUnits = 100,
                    Tiers = [new MeterTier(1_000, new UnitPrice(3, 1_000), 5), new MeterTier(null, new UnitPrice(2))],
                },
                new Meter
                {
                    Id = "storage", Name = "Gigabytes", Aggregation = MeterAggregation.Max, Pricing = MeterPricing.Package,
                    Price = new UnitPrice(Meter.UnitsMax), PackageUnits = 10,
                },
            ],
            CustomersMayChoose = false,
            Split =
            [
                new SplitPart(SplitRole.Platform, "platform", 9_900, null),
                new SplitPart(SplitRole.CoProducer, "bob", null, 150),
                new SplitPart(SplitRole.Affiliate, null, 30_000, null),
            ],
        };

    public static Offer BareOffer(string id, string plan) => new(id, 2, plan, 0, "JPY");

    public static Coupon Coupon(string id = "coupon-1") => new()
    {
        Id = id,
        Code = $"CODE of {id}",
        SellerId = "seller-1",
        ProductId = "product-1",
        PlanIds = ["plan-1", "plan-2"],
        Reduction = new PriceReduction(null, 500),
        Currency = "BRL",
        Recurrences = 3,
        RedemptionsMax = 100,
        RedeemFrom = Instant.FromUtc(2024, 2, 29, 23, 59, 59) + Duration.FromMilliseconds(999),
        RedeemUntil = Instant.FromUtc(2025, 1, 1, 0, 0),
    };

    public static Coupon BareCoupon(string id) => new() { Id = id, SellerId = "seller-9", Reduction = PriceReduction.Everything };

    /// <summary>Two sellers, three products, three plans, four offers in two currencies.</summary>
    public static async Task AddMarketAsync(BillingStorage storage)
    {
        foreach (var product in new[] { Product(), Product("product-2"), Product("product-3", "seller-2") })
            Assert.True(await storage.Catalog.AddAsync(product, CancellationToken.None));
        foreach (var number in new[] { 1, 2, 3 })
            Assert.True(await storage.Catalog.AddAsync(Plan($"plan-{number}", $"product-{number}"), CancellationToken.None));
        foreach (
            var offer in new[] { Offer(), Offer("offer-1b"), Offer("offer-2", plan: "plan-2"),
                Offer("offer-3", plan: "plan-3", currency: "JPY") })
            Assert.True(await storage.Catalog.AddAsync(offer, CancellationToken.None));
    }
}
