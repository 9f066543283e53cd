using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Sellers;

/// <summary>Profiles of sellers. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.</summary>
public interface ISellerStore
{
    ValueTask<SellerProfile?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stores a profile's first or next revision; false if another edit came first.</summary>
    ValueTask<bool> SaveAsync(SellerProfile seller, CancellationToken cancellationToken);
}
