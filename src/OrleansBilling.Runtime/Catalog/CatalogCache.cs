using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Caches products, plans and offer versions within a budget of bytes. An entry stays as long as there is room. The newest
/// version of an offer, and what is archived of it, can change through another process; both are read again after
/// <see cref="NewestLifetime"/>. Products and plans can be edited: every read first drops what others edited
/// (<see cref="RefreshAsync"/>). All subscriptions on one version share one <see cref="OfferTerms"/>. Calls throw
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

    /// <summary>
    /// An edit is asked for again during this time after it was made: it may commit late, and a read that was under way may have kept
    /// the row of before.
    /// </summary>
    private static readonly TimeSpan EditOverlap = TimeSpan.FromSeconds(5);

    /// <summary>If more was edited at once, everything is read again.</summary>
    private const int EditedMax = 10_000;

    // Most lookups are for terms. Products and plans are only looked up to be shown or to assemble terms.
    private readonly ByteBudgetCache<string, Product> products = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, Plan> plans = new(bytesMax / 8, CatalogBytes.Of);
    private readonly ByteBudgetCache<(string OfferId, int Version), OfferTerms> terms = new(bytesMax / 2, CatalogBytes.Of);
    private readonly ByteBudgetCache<string, NewestTerms> newest = new(bytesMax / 4, static newest => CatalogBytes.Of(newest.Terms));

    private long refreshedAt = time.GetTimestamp();
    private int refreshing;
    private int edits;

    /// <summary>Changes whenever edits became known. Whoever keeps terms looks them up again then.</summary>
    public int Edits => Volatile.Read(ref edits);

    /// <summary>The approximate size of all entries, in bytes.</summary>
    public long Bytes => products.Bytes + plans.Bytes + terms.Bytes + newest.Bytes;

    /// <summary>Adds a product; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => store.AddAsync(product, cancellationToken);

    /// <summary>Adds a product; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Product product, Instant createdAt, CancellationToken cancellationToken) =>
        store.AddAsync(product, createdAt, cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => store.AddAsync(plan, cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    public ValueTask<bool> AddAsync(Plan plan, Instant createdAt, CancellationToken cancellationToken) =>
        store.AddAsync(plan, createdAt, cancellationToken);

    /// <summary>Adds a new offer; false when it exists. This process sees it at once.</summary>
    public async ValueTask<bool> AddAsync(Offer offer, Instant createdAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var added = await store.AddAsync(offer, createdAt, cancellationToken);
        newest.Remove(offer.Id);
        return added;
    }

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
        await RefreshAsync(cancellationToken);
        if (products.Find(productId) is { } known) return known;
        var found = await store.FindProductAsync(productId, cancellationToken);
        if (found is not null) products.Keep(productId, found);
        return found;
    }

    public async ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        if (plans.Find(planId) is { } known) return known;
        var found = await store.FindPlanAsync(planId, cancellationToken);
        if (found is not null) plans.Keep(planId, found);
        return found;
    }

    /// <summary>The terms of an offer's newest version; null when the offer does not exist.</summary>
    public ValueTask<OfferTerms?> FindNewestTermsAsync(string offerId, CancellationToken cancellationToken)
    {
        var found = FindNewestAsync(offerId, cancellationToken);
        return found.IsCompletedSuccessfully ? new(found.Result?.Terms) : Later(found);

        static async ValueTask<OfferTerms?> Later(ValueTask<NewestTerms?> found) => (await found)?.Terms;
    }

    /// <summary>As <see cref="FindNewestTermsAsync"/>, and what is archived of them.</summary>
    public ValueTask<NewestTerms?> FindNewestAsync(string offerId, CancellationToken cancellationToken)
    {
        if (newest.Find(offerId) is { } known && time.GetElapsedTime(known.ReadAt) < NewestLifetime) return new(known);
        return Read();

        async ValueTask<NewestTerms?> Read()
        {
            await RefreshAsync(cancellationToken);
            var readAt = time.GetTimestamp();
            var offer = await store.FindOfferAsync(offerId, null, cancellationToken);
            if (offer is null) return null;
            var archived = await store.FindArchivedPartAsync(offerId, cancellationToken);
            var found = new NewestTerms(await AssembleAsync(offer, cancellationToken), archived) { ReadAt = readAt };
            newest.Keep(offerId, found);
            return found;
        }
    }

    /// <summary>
    /// Learns at most once per <see cref="NewestLifetime"/> what was edited in other processes. If the database does not answer, entries
    /// stay as they are, and the next call asks again.
    /// </summary>
    public ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var since = time.GetElapsedTime(Volatile.Read(ref refreshedAt));
        if (since < NewestLifetime || Interlocked.Exchange(ref refreshing, 1) == 1) return default;
        return Refresh();

        async ValueTask Refresh()
        {
            try
            {
                var startedAt = time.GetTimestamp();
                var seconds = (int)Math.Min(since.TotalSeconds + EditOverlap.TotalSeconds + 1, int.MaxValue);
                Forget(await store.FindEditedAsync(seconds, EditedMax, cancellationToken));
                Volatile.Write(ref refreshedAt, startedAt);
            }
            catch (JournalUnavailableException)
            {
                // What is known is good enough until the database is back.
            }
            finally
            {
                Volatile.Write(ref refreshing, 0);
            }
        }
    }

    /// <summary>Drops a product or a plan that this process edited or archived, and all terms with it.</summary>
    public void Forget(string id) => Forget([id]);

    /// <summary>Drops an offer's newest terms: this process archived it.</summary>
    public void ForgetNewest(string offerId) => newest.Remove(offerId);

    public ValueTask<OfferTerms?> FindTermsAsync(string offerId, int version, CancellationToken cancellationToken)
    {
        var refreshed = RefreshAsync(cancellationToken);
        if (refreshed.IsCompletedSuccessfully && terms.Find((offerId, version)) is { } known) return new(known);
        return Read(refreshed);

        async ValueTask<OfferTerms?> Read(ValueTask refreshed)
        {
            await refreshed;
            if (terms.Find((offerId, version)) is { } kept) return kept;
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

    /// <summary>Products and plans have ids of their own each, so an id may be that of either.</summary>
    private void Forget(IReadOnlyList<string> edited)
    {
        if (edited.Count == 0) return;
        var ids = edited.ToHashSet(StringComparer.Ordinal);
        var all = edited.Count >= EditedMax;
        products.RemoveWhere(entry => all || ids.Contains(entry.Id));
        plans.RemoveWhere(entry => all || ids.Contains(entry.Id));
        terms.RemoveWhere(Has);
        newest.RemoveWhere(entry => Has(entry.Terms));
        Interlocked.Increment(ref edits);

        bool Has(OfferTerms entry) => all || ids.Contains(entry.Product.Id) || ids.Contains(entry.Plan.Id);
    }
}

/// <summary>The terms of an offer's newest version.</summary>
/// <param name="Archived">What keeps it from being sold; null if it is on sale.</param>
public sealed record NewestTerms(OfferTerms Terms, ArchivedPart? Archived)
{
    internal long ReadAt { get; init; }
}
