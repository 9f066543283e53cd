using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Simulation.Seeded;

public sealed class SimulatedCatalog : ICatalogStore
{
    private readonly Dictionary<string, Product> products = [];
    private readonly Dictionary<string, Plan> plans = [];
    private readonly Dictionary<(string, int), Offer> offers = [];

    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(products.TryAdd(product.Id, product));

    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(plans.TryAdd(plan.Id, plan));

    public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) =>
        new(offers.TryAdd((offer.Id, offer.Version), offer));

    public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) =>
        new(products.GetValueOrDefault(productId));

    public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) => new(plans.GetValueOrDefault(planId));

    public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) =>
        new(version is { } wanted
            ? offers.GetValueOrDefault((offerId, wanted))
            : offers.Values.Where(offer => offer.Id == offerId).MaxBy(offer => offer.Version));

    /// <summary>Adds a product, a plan and an offer; returns the terms.</summary>
    public OfferTerms Sell(
        string offerId, long amount, BillingInterval interval, int trialDays = 0, DunningPolicy? dunning = null, string zone = "UTC",
        int? recurrences = null)
    {
        var product = new Product(
            $"product-{offerId}", "seller-1", "Course", zone, dunning ?? DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        var plan = new Plan($"plan-{offerId}", product.Id, "Plan", interval, trialDays, recurrences, null);
        var offer = new Offer(offerId, 1, plan.Id, amount, "BRL");
        products.Add(product.Id, product);
        plans.Add(plan.Id, plan);
        offers.Add((offer.Id, 1), offer);
        return new OfferTerms(product, plan, offer);
    }

    /// <summary>Adds an offer next to an existing one, on a plan of its own if the interval differs.</summary>
    public OfferTerms SellBeside(
        OfferTerms terms, string offerId, long amount, BillingInterval interval, Func<Plan, Plan>? plan = null,
        Func<Offer, Offer>? offer = null)
    {
        var newPlan = new Plan($"plan-{offerId}", terms.Product.Id, "Plan", interval, 0, null, null);
        newPlan = plan is null ? newPlan : plan(newPlan);
        var newOffer = new Offer(offerId, 1, newPlan.Id, amount, "BRL");
        newOffer = offer is null ? newOffer : offer(newOffer);
        plans.Add(newPlan.Id, newPlan);
        offers.Add((offerId, 1), newOffer);
        return new OfferTerms(terms.Product, newPlan, newOffer);
    }
}
