using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// API keys and customer tokens, stored as hashes. All calls throw <see cref="JournalUnavailableException"/> when the
/// database does not answer.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>Adds a key; false when its id or hash is taken, or when the key that created it no longer exists.</summary>
    ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>The key with this hash, or null.</summary>
    ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Removes a key and the keys that it created; false when there is no key with this id.</summary>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether an administrator key exists that does not expire.</summary>
    ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken);
}

/// <summary>A stored key.</summary>
/// <param name="Id">Identifies the key without revealing the secret.</param>
/// <param name="Hash">Lower-case hex SHA-256 of the secret.</param>
/// <param name="Caller">Who the key authenticates.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="MadeBy">The key that created this one and takes it along when it is removed; null for none.</param>
public sealed record ApiKey(string Id, string Hash, Caller Caller, Instant CreatedAt, Instant? ExpiresAt, string? MadeBy = null);
