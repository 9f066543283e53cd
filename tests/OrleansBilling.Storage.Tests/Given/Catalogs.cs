using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>Catalog entries with a value in every field.</summary>
public static class Catalogs
{
    public static Product Product(string id = "product-1", string seller = "seller-1") => new(
        id,
        seller,
        "Café \"Zürich\"",
        "Europe/Zurich",
        new DunningPolicy(3, 20, [2, 4], true, ExhaustedAction.LeavePastDue),
        TrialWithoutPaymentMethod.PastDue);

    public static Plan Plan(string id = "plan-1", string product = "product-1", DunningPolicy? dunning = null) =>
        new(id, product, "Monthly", new BillingInterval(IntervalUnit.Month, 3), 14, 12, dunning);

    public static Offer Offer(string id = "offer-1", int version = 1, string plan = "plan-1", long amount = 4_990, string currency = "BRL") =>
        new(id, version, plan, amount, currency);

    /// <summary>Two sellers, three products, three plans, four offers in two currencies.</summary>
    public static async Task AddMarketAsync(BillingStorage storage)
    {
        foreach (var product in new[] { Product(), Product("product-2"), Product("product-3", "seller-2") })
            Assert.True(await storage.Catalog.AddAsync(product, CancellationToken.None));
        foreach (var number in new[] { 1, 2, 3 })
            Assert.True(await storage.Catalog.AddAsync(Plan($"plan-{number}", $"product-{number}"), CancellationToken.None));
        foreach (var offer in new[] { Offer(), Offer("offer-1b"), Offer("offer-2", plan: "plan-2"), Offer("offer-3", plan: "plan-3", currency: "JPY") })
            Assert.True(await storage.Catalog.AddAsync(offer, CancellationToken.None));
    }
}
