using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Stores products, plans and offer versions. An offer version never changes. Products and plans seldom do
/// (<see cref="ICatalogShelf"/>), so readers cache them and ask from time to time what was edited. All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICatalogStore
{
    /// <summary>Adds a product; false when its id is taken.</summary>
    ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken);

    /// <summary>Adds a version of an offer; false when that version exists. Version 1 is a new offer.</summary>
    ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken);

    ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken);

    ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken);

    /// <summary>The given version of an offer, or the newest if null; null when there is none.</summary>
    ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken);

    /// <summary>As <see cref="AddAsync(Product, CancellationToken)"/>, and stores when it was created.</summary>
    ValueTask<bool> AddAsync(Product product, Instant createdAt, CancellationToken cancellationToken) =>
        AddAsync(product, cancellationToken);

    /// <summary>As <see cref="AddAsync(Plan, CancellationToken)"/>, and stores when it was created.</summary>
    ValueTask<bool> AddAsync(Plan plan, Instant createdAt, CancellationToken cancellationToken) => AddAsync(plan, cancellationToken);

    /// <summary>As <see cref="AddAsync(Offer, CancellationToken)"/>, and stores when a new offer was created.</summary>
    ValueTask<bool> AddAsync(Offer offer, Instant createdAt, CancellationToken cancellationToken) => AddAsync(offer, cancellationToken);

    /// <summary>What keeps an offer from being sold; null if it is on sale, or if this store archives nothing.</summary>
    ValueTask<ArchivedPart?> FindArchivedPartAsync(string offerId, CancellationToken cancellationToken) => new((ArchivedPart?)null);

    /// <summary>
    /// The ids of products and plans that were edited within the last seconds, by the database's clock, but no more than the limit; none
    /// if this store edits nothing.
    /// </summary>
    ValueTask<IReadOnlyList<string>> FindEditedAsync(int seconds, int limit, CancellationToken cancellationToken) =>
        new((IReadOnlyList<string>)[]);
}
