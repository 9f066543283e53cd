using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>Things in the catalog that are counted per seller.</summary>
public enum CatalogKind
{
    Product,

    /// <summary>Plans of all the seller's products.</summary>
    Plan,

    /// <summary>Offers of all the seller's plans.</summary>
    Offer,

    /// <summary>Versions of all the seller's offers, including the first ones.</summary>
    OfferVersion,

    Coupon,
}

/// <summary>The number of catalog entries per seller. Counters are updated on insert, so a count reads one row.</summary>
public interface ICatalogCounts
{
    /// <summary>The number of entries of a kind that a seller has.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<long> CountAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken);
}
