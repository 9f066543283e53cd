using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>What a seller has in the catalog.</summary>
public enum CatalogKind
{
    /// <summary>Products.</summary>
    Product,

    /// <summary>Plans of all its products.</summary>
    Plan,

    /// <summary>Offers of all its plans.</summary>
    Offer,

    /// <summary>Versions of all its offers, the first ones included.</summary>
    OfferVersion,

    /// <summary>Coupons.</summary>
    Coupon,
}

/// <summary>How much each seller has in the catalog; counted when it is added, so that asking costs one row.</summary>
public interface ICatalogCounts
{
    /// <summary>How many of a kind a seller has.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<long> CountAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken);
}
