using System.Globalization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>What is sold under load: products with one plan and one offer each, ten products to a seller.</summary>
internal sealed class LoadCatalog
{
    public const int ProductsMax = 10_000;
    private const int ProductsPerSeller = 10;

    private LoadCatalog(IReadOnlyList<OfferTerms> offers) => Offers = offers;

    /// <summary>By number of the product.</summary>
    public IReadOnlyList<OfferTerms> Offers { get; }

    /// <summary>Makes the products; nothing is stored yet.</summary>
    /// <param name="products">How many.</param>
    /// <param name="interval">How often all of them recur.</param>
    public static LoadCatalog Make(int products, BillingInterval interval)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(products, ProductsMax);
        return new LoadCatalog([.. Enumerable.Range(0, products).Select(number => Sell(number, interval))]);
    }

    public static string SellerOf(int product) => string.Create(CultureInfo.InvariantCulture, $"seller-{product / ProductsPerSeller:0000}");

    /// <summary>Stores all of it.</summary>
    public async Task StoreAsync(BillingStorage storage, CancellationToken cancellationToken)
    {
        var catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        foreach (var terms in Offers)
        {
            await catalog.AddAsync(terms.Product, cancellationToken);
            await catalog.AddAsync(terms.Plan, cancellationToken);
            await catalog.AddAsync(terms.Offer, cancellationToken);
        }
    }

    private static OfferTerms Sell(int number, BillingInterval interval)
    {
        var suffix = number.ToString("0000", CultureInfo.InvariantCulture);
        var product = new Product(
            $"product-{suffix}", SellerOf(number), $"Product {suffix}", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        var plan = new Plan($"plan-{suffix}", product.Id, "Standard", interval, 0, null, null);
        return new OfferTerms(product, plan, new Offer($"offer-{suffix}", 1, plan.Id, 29_90, "USD"));
    }
}
