using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Stores products, plans and offer versions. Rows are written once and never change, so readers may cache them
/// forever. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
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
}
