using System.Collections.Concurrent;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Products, plans and offer versions in memory. Each row is immutable and so kept for as long as there is room; only
/// which version of an offer is the newest can change, by another process, and is asked again after
/// <see cref="NewestLifetime"/>. All subscriptions on one version share one <see cref="OfferTerms"/>.
/// Calls throw <see cref="Journal.JournalUnavailableException"/> when something must be read and the database does not answer.
/// </summary>
public sealed class CatalogCache(ICatalogStore store, TimeProvider time)
{
    /// <summary>How long another process's new offer version may go unseen.</summary>
    public static readonly TimeSpan NewestLifetime = TimeSpan.FromSeconds(1);

    private const int EntriesMax = 500_000;

    private readonly ConcurrentDictionary<string, Product> products = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Plan> plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string OfferId, int Version), OfferTerms> terms = new();
    private readonly ConcurrentDictionary<string, Newest> newest = new(StringComparer.Ordinal);

    /// <summary>Adds a product; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => store.AddAsync(product, cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => store.AddAsync(plan, cancellationToken);

    /// <summary>Adds an offer version; false when it exists. This process sees it at once.</summary>
    public async ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var added = await store.AddAsync(offer, cancellationToken);
        newest.TryRemove(offer.Id, out _);
        return added;
    }

    /// <summary>The product, or null.</summary>
    public async ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        if (products.TryGetValue(productId, out var known)) return known;
        var found = await store.FindProductAsync(productId, cancellationToken);
        if (found is not null) Keep(products, productId, found);
        return found;
    }

    /// <summary>The plan, or null.</summary>
    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        if (plans.TryGetValue(planId, out var known)) return known;
        var found = await store.FindPlanAsync(planId, cancellationToken);
        if (found is not null) Keep(plans, planId, found);
        return found;
    }

    /// <summary>The terms of the newest version of an offer, or null when there is no such offer.</summary>
    public ValueTask<OfferTerms?> FindNewestTermsAsync(string offerId, CancellationToken cancellationToken)
    {
        if (newest.TryGetValue(offerId, out var known) && time.GetElapsedTime(known.ReadAt) < NewestLifetime) return new(known.Terms);
        return Read();

        async ValueTask<OfferTerms?> Read()
        {
            var readAt = time.GetTimestamp();
            var offer = await store.FindOfferAsync(offerId, null, cancellationToken);
            if (offer is null) return null;
            var found = await AssembleAsync(offer, cancellationToken);
            Keep(newest, offerId, new Newest(found, readAt));
            return found;
        }
    }

    /// <summary>The terms of one version of an offer, or null.</summary>
    public ValueTask<OfferTerms?> FindTermsAsync(string offerId, int version, CancellationToken cancellationToken)
    {
        return terms.TryGetValue((offerId, version), out var known) ? new(known) : Read();

        async ValueTask<OfferTerms?> Read()
        {
            var offer = await store.FindOfferAsync(offerId, version, cancellationToken);
            return offer is null ? null : await AssembleAsync(offer, cancellationToken);
        }
    }

    private async ValueTask<OfferTerms> AssembleAsync(Offer offer, CancellationToken cancellationToken)
    {
        var key = (offer.Id, offer.Version);
        if (terms.TryGetValue(key, out var known)) return known;
        var plan = await FindPlanAsync(offer.PlanId, cancellationToken)
            ?? throw new InvalidOperationException($"Offer '{offer.Id}' names plan '{offer.PlanId}', which is not stored.");
        var product = await FindProductAsync(plan.ProductId, cancellationToken)
            ?? throw new InvalidOperationException($"Plan '{plan.Id}' names product '{plan.ProductId}', which is not stored.");
        if (terms.Count >= EntriesMax) terms.Clear();
        return terms.GetOrAdd(key, new OfferTerms(product, plan, offer));
    }

    private static void Keep<T>(ConcurrentDictionary<string, T> cache, string key, T value)
    {
        if (cache.Count >= EntriesMax) cache.Clear();
        cache[key] = value;
    }

    private sealed record Newest(OfferTerms Terms, long ReadAt);
}
