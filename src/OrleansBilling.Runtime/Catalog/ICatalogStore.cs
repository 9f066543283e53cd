using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// Where products, plans and offer versions are kept. Rows are written once and never changed, so whoever has read one
/// may keep it for ever. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICatalogStore
{
    /// <summary>Adds a product; false when its id is taken.</summary>
    ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken);

    /// <summary>Adds a plan; false when its id is taken.</summary>
    ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken);

    /// <summary>Adds a version of an offer; false when that version exists. Version 1 is a new offer.</summary>
    ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken);

    /// <summary>The product, or null.</summary>
    ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken);

    /// <summary>The plan, or null.</summary>
    ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken);

    /// <summary>The given version of an offer, or its newest for null; null when there is none.</summary>
    ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken);
}
