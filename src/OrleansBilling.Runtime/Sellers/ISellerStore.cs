using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Sellers;

/// <summary>Profiles of sellers. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.</summary>
public interface ISellerStore
{
    ValueTask<SellerProfile?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stores a profile's first or next revision; false if another edit came first.</summary>
    ValueTask<bool> SaveAsync(SellerProfile seller, CancellationToken cancellationToken);

    /// <summary>Null if the seller never had a logo.</summary>
    ValueTask<StoredLogo?> FindLogoAsync(string sellerId, CancellationToken cancellationToken);

    /// <summary>Replaces the logo, or removes it.</summary>
    /// <param name="logo">Null for none.</param>
    /// <param name="expected">The revision that is replaced; null for any.</param>
    /// <returns>The new revision; null if another revision is stored.</returns>
    ValueTask<int?> SaveLogoAsync(string sellerId, SellerLogo? logo, long? expected, CancellationToken cancellationToken);
}
