using System.Globalization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>The catalog under load: products with one plan and one offer each, ten products per seller.</summary>
internal sealed class LoadCatalog
{
    public const int ProductsMax = 10_000;
    private const int ProductsPerSeller = 10;

    private readonly string tag;

    private LoadCatalog(string tag, IReadOnlyList<OfferTerms> offers)
    {
        this.tag = tag;
        Offers = offers;
    }

    /// <summary>The offers, by product number.</summary>
    public IReadOnlyList<OfferTerms> Offers { get; }

    public IReadOnlyList<string> Sellers => [.. Offers.Select(offer => offer.Product.SellerId).Distinct(StringComparer.Ordinal)];

    /// <summary>Creates the products in memory; stores nothing.</summary>
    /// <param name="products">Number of products.</param>
    /// <param name="interval">The billing interval of all products.</param>
    /// <param name="tag">Prefix of all ids, so that several runs can share a server.</param>
    public static LoadCatalog Make(int products, BillingInterval interval, string tag = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(products, ProductsMax);
        return new LoadCatalog(tag, [.. Enumerable.Range(0, products).Select(number => Sell(tag, number, interval))]);
    }

    /// <summary>The same products, each offer with a meter.</summary>
    public LoadCatalog With(Meter meter) => new(
        tag, [.. Offers.Select(terms => new OfferTerms(terms.Product, terms.Plan, terms.Offer with { Meters = [meter] }))]);

    public string IdOf(int number) => tag + Subscriptions.Id(number);

    /// <summary>The number that an id was made from.</summary>
    public int NumberOf(string id) => Subscriptions.NumberOf(id[tag.Length..]);

    public string SellerOf(int product) => Offers[product].Product.SellerId;

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

    private static OfferTerms Sell(string tag, int number, BillingInterval interval)
    {
        var suffix = number.ToString("0000", CultureInfo.InvariantCulture);
        var seller = string.Create(CultureInfo.InvariantCulture, $"{tag}seller-{number / ProductsPerSeller:0000}");
        var product = new Product(
            $"{tag}product-{suffix}", seller, $"Product {suffix}", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        var plan = new Plan($"{tag}plan-{suffix}", product.Id, "Standard", interval, 0, null, null);
        return new OfferTerms(product, plan, new Offer($"{tag}offer-{suffix}", 1, plan.Id, 29_90, "USD"));
    }
}
