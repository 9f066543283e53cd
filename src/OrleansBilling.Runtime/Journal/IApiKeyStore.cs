using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// API keys and customer tokens, stored as hashes. All calls throw <see cref="JournalUnavailableException"/> when the
/// database does not answer.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>Adds a key; false when its id or hash is taken, or the key that made it is gone.</summary>
    ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>The key with this hash, or null.</summary>
    ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Removes a key and what it made; false when there is none with this id.</summary>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether there is a key for administrators that does not expire.</summary>
    ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken);
}

/// <summary>A stored key.</summary>
/// <param name="Id">Names the key without giving it away.</param>
/// <param name="Hash">Lower-case hex SHA-256 of the secret.</param>
/// <param name="Caller">Whom it authenticates.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="MadeBy">The key that made it, with which it is removed; null where none did.</param>
public sealed record ApiKey(string Id, string Hash, Caller Caller, Instant CreatedAt, Instant? ExpiresAt, string? MadeBy = null);
