using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Caches products, plans and offer versions within a budget of bytes. Rows are immutable, so an entry stays as long as
/// there is room. Only the newest version of an offer can change, through another process; it is read again after
/// <see cref="NewestLifetime"/>. All subscriptions on one version share one <see cref="OfferTerms"/>. Calls throw
/// <see cref="Journal.JournalUnavailableException"/> when a read is needed and the database does not answer.
/// </summary>
/// <param name="store">The store behind the cache.</param>
/// <param name="time">Measures the age of newest versions.</param>
/// <param name="bytesMax">The budget, in bytes; terms that live subscriptions hold do not count.</param>
public sealed class CatalogCache(ICatalogStore store, TimeProvider time, long bytesMax = CatalogCache.BytesDefault)
{
    /// <summary>The default budget: 256 MiB.</summary>
    public const long BytesDefault = 256 * 1024 * 1024;

    /// <summary>How long a new offer version of another process may go unnoticed.</summary>
    public static readonly TimeSpan NewestLifetime = TimeSpan.FromSeconds(1);

    // Most lookups are for terms. Products and plans are only looked up to be shown or to assemble terms.
    private readonly ByteBudgetCache<string, Product> products = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, Plan> plans = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<(string OfferId, int Version), OfferTerms> terms = new(bytesMax / 2, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, Newest> newest = new(bytesMax / 4, static newest => CatalogBytes.Of(newest.Terms));

    /// <summary>The approximate size of all entries, in bytes.</summary>
    public long Bytes => products.Bytes + plans.Bytes + terms.Bytes + newest.Bytes;

    /// <summary>Adds a product; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => store.AddAsync(product, cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => store.AddAsync(plan, cancellationToken);

    /// <summary>Adds an offer version; false when it exists. This process sees the version at once.</summary>
    public async ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var added = await store.AddAsync(offer, cancellationToken);
        newest.Remove(offer.Id);
        return added;
    }

    public async ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        if (products.Find(productId) is { } known) return known;
        var found = await store.FindProductAsync(productId, cancellationToken);
        if (found is not null) products.Keep(productId, found);
        return found;
    }

    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        if (plans.Find(planId) is { } known) return known;
        var found = await store.FindPlanAsync(planId, cancellationToken);
        if (found is not null) plans.Keep(planId, found);
        return found;
    }

    /// <summary>The terms of an offer's newest version; null when the offer does not exist.</summary>
    public ValueTask<OfferTerms?> FindNewestTermsAsync(string offerId, CancellationToken cancellationToken)
    {
        if (newest.Find(offerId) is { } known && time.GetElapsedTime(known.ReadAt) < NewestLifetime) return new(known.Terms);
        return Read();

        async ValueTask<OfferTerms?> Read()
        {
            var readAt = time.GetTimestamp();
            var offer = await store.FindOfferAsync(offerId, null, cancellationToken);
            if (offer is null) return null;
            var found = await AssembleAsync(offer, cancellationToken);
            newest.Keep(offerId, new Newest(found, readAt));
            return found;
        }
    }

    public ValueTask<OfferTerms?> FindTermsAsync(string offerId, int version, CancellationToken cancellationToken)
    {
        return terms.Find((offerId, version)) is { } known ? new(known) : Read();

        async ValueTask<OfferTerms?> Read()
        {
            var offer = await store.FindOfferAsync(offerId, version, cancellationToken);
            return offer is null ? null : await AssembleAsync(offer, cancellationToken);
        }
    }

    private async ValueTask<OfferTerms> AssembleAsync(Offer offer, CancellationToken cancellationToken)
    {
        var key = (offer.Id, offer.Version);
        if (terms.Find(key) is { } known) return known;
        var plan = await FindPlanAsync(offer.PlanId, cancellationToken)
            ?? throw new InvalidOperationException($"Offer '{offer.Id}' names plan '{offer.PlanId}', which is not stored.");
        var product = await FindProductAsync(plan.ProductId, cancellationToken)
            ?? throw new InvalidOperationException($"Plan '{plan.Id}' names product '{plan.ProductId}', which is not stored.");
        var assembled = new OfferTerms(product, plan, offer);
        terms.Keep(key, assembled);
        return assembled;
    }

    private sealed record Newest(OfferTerms Terms, long ReadAt);
}
