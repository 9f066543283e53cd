using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Products, plans and offer versions in memory, within a budget of bytes. Each row is immutable and so kept for as long
/// as there is room; only which version of an offer is the newest can change, by another process, and is asked again
/// after <see cref="NewestLifetime"/>. All subscriptions that are loaded on one version share one <see cref="OfferTerms"/>.
/// Calls throw <see cref="Journal.JournalUnavailableException"/> when something must be read and the database does not answer.
/// </summary>
/// <param name="store">Where they are read.</param>
/// <param name="time">By which the newest versions grow old.</param>
/// <param name="bytesMax">The budget; what live subscriptions hold is theirs and not in it.</param>
public sealed class CatalogCache(ICatalogStore store, TimeProvider time, long bytesMax = CatalogCache.BytesDefault)
{
    /// <summary>The budget unless told: 256 MiB.</summary>
    public const long BytesDefault = 256 * 1024 * 1024;

    /// <summary>How long another process's new offer version may go unseen.</summary>
    public static readonly TimeSpan NewestLifetime = TimeSpan.FromSeconds(1);

    // Most of what is asked for is terms; products and plans by themselves only when they are shown or assembled.
    private readonly ByteBudgetCache<string, Product> products = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, Plan> plans = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<(string OfferId, int Version), OfferTerms> terms = new(bytesMax / 2, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, Newest> newest = new(bytesMax / 4, static newest => CatalogBytes.Of(newest.Terms));

    /// <summary>About how many bytes are kept.</summary>
    public long Bytes => products.Bytes + plans.Bytes + terms.Bytes + newest.Bytes;

    /// <summary>Adds a product; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => store.AddAsync(product, cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => store.AddAsync(plan, cancellationToken);

    /// <summary>Adds an offer version; false when it exists. This process sees it at once.</summary>
    public async ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var added = await store.AddAsync(offer, cancellationToken);
        newest.Remove(offer.Id);
        return added;
    }

    /// <summary>The product, or null.</summary>
    public async ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        if (products.Find(productId) is { } known) return known;
        var found = await store.FindProductAsync(productId, cancellationToken);
        if (found is not null) products.Keep(productId, found);
        return found;
    }

    /// <summary>The plan, or null.</summary>
    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        if (plans.Find(planId) is { } known) return known;
        var found = await store.FindPlanAsync(planId, cancellationToken);
        if (found is not null) plans.Keep(planId, found);
        return found;
    }

    /// <summary>The terms of the newest version of an offer, or null when there is no such offer.</summary>
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

    /// <summary>The terms of one version of an offer, or null.</summary>
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
