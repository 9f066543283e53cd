using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's view of the catalog. Rows come from the database; the offer's grain knows which version is the newest. If no
/// silo answers, the database does.
/// </summary>
internal sealed partial class ClusterCatalog(
    ICatalogStore store, IClusterLink cluster, long bytesMax, ILogger<ClusterCatalog> logger) : ICatalogStore
{
    private readonly ByteBudgetCache<(string OfferId, int Version), Offer> offers = new(bytesMax, CatalogBytes.Of);

    public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => store.AddAsync(product, cancellationToken);

    public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => store.AddAsync(plan, cancellationToken);

    public ValueTask<bool> AddAsync(Product product, Instant createdAt, CancellationToken cancellationToken) =>
        store.AddAsync(product, createdAt, cancellationToken);

    public ValueTask<bool> AddAsync(Plan plan, Instant createdAt, CancellationToken cancellationToken) =>
        store.AddAsync(plan, createdAt, cancellationToken);

    public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) =>
        TellAsync(offer, store.AddAsync(offer, cancellationToken));

    public ValueTask<bool> AddAsync(Offer offer, Instant createdAt, CancellationToken cancellationToken) =>
        TellAsync(offer, store.AddAsync(offer, createdAt, cancellationToken));

    private async ValueTask<bool> TellAsync(Offer offer, ValueTask<bool> adding)
    {
        var added = await adding;

        // Also if the offer already exists: another gateway may have stopped before it told the grain.
        await AskAsync(offer.Id, async grain =>
        {
            await grain.AddedAsync(offer.Version);
            return null;
        });
        return added;
    }

    public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) =>
        store.FindProductAsync(productId, cancellationToken);

    public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) =>
        store.FindPlanAsync(planId, cancellationToken);

    public async ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken)
    {
        version ??= await AskAsync(offerId, grain => grain.NewestAsync());
        if (version is { } named && offers.Find((offerId, named)) is { } known) return known;
        var found = await store.FindOfferAsync(offerId, version, cancellationToken);
        if (found is null) return null;
        offers.Keep((found.Id, found.Version), found);
        return found;
    }

    /// <summary>Only the database knows.</summary>
    public ValueTask<ArchivedPart?> FindArchivedPartAsync(string offerId, CancellationToken cancellationToken) =>
        store.FindArchivedPartAsync(offerId, cancellationToken);

    public ValueTask<IReadOnlyList<string>> FindEditedAsync(int seconds, int limit, CancellationToken cancellationToken) =>
        store.FindEditedAsync(seconds, limit, cancellationToken);

    /// <summary>The grain's answer; null if the cluster gives none.</summary>
    private async Task<int?> AskAsync(string offerId, Func<IOfferGrain, Task<int?>> ask)
    {
        if (cluster.Grains is not { } grains) return null;
        try
        {
            return await ask(grains.GetGrain<IOfferGrain>(offerId));
        }
        catch (Exception e)
        {
            // Whatever failed in the grain, the catalog's rows are the truth.
            LogNoAnswer(offerId, e.Message);
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cluster did not answer about the newest version of offer {OfferId}; reading the database: {Reason}")]
    private partial void LogNoAnswer(string offerId, string reason);
}
