using System.Collections.Immutable;
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

    /// <summary>The key with this id, or null.</summary>
    ValueTask<ApiKey?> FindByIdAsync(string id, CancellationToken cancellationToken);

    /// <summary>Keys after an id, ordered by id, without the tokens of customers, and without links and sessions of the console.</summary>
    ValueTask<IReadOnlyList<ApiKey>> ListAsync(ApiKeyFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Notes when keys were used. An earlier use than the stored one changes nothing, and neither does a key that is gone.
    /// </summary>
    ValueTask NoteUsesAsync(IReadOnlyCollection<KeyUse> uses, CancellationToken cancellationToken);

    /// <summary>Removes a key and the keys that it created; false when there is no key with this id.</summary>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a link up, so that of two who use it at the same time only one gets true. It is kept until the session that it gives ends.
    /// </summary>
    ValueTask<bool> UseLinkAsync(string id, Instant until, CancellationToken cancellationToken);

    /// <summary>Removes all sessions that a key or link gave; null for those of the configured administrator.</summary>
    ValueTask RemoveSessionsAsync(string? makerId, CancellationToken cancellationToken);

    /// <summary>Whether an administrator key exists that neither expires nor is limited.</summary>
    ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken);
}

/// <summary>A stored key.</summary>
/// <param name="Id">Identifies the key without revealing the secret.</param>
/// <param name="Hash">Lower-case hex SHA-256 of the secret.</param>
/// <param name="Caller">Who the key authenticates.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="MadeBy">The key that created this one and takes it along when it is removed; null for none.</param>
public sealed record ApiKey(string Id, string Hash, Caller Caller, Instant CreatedAt, Instant? ExpiresAt, string? MadeBy = null)
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What it is limited to; null for everything that its role may do.</summary>
    public KeyScopes? Scopes { get; init; }

    /// <summary>About when it was last used; null for never.</summary>
    public Instant? LastUsedAt { get; init; }

    public KeyKind Kind { get; init; }
}

/// <summary>What is stored as a key.</summary>
public enum KeyKind
{
    /// <summary>An API key or the token of a customer.</summary>
    Key,

    /// <summary>It opens nothing itself, and is good for one session of the console.</summary>
    Link,

    /// <summary>A link that gave its session. Sessions end with it.</summary>
    UsedLink,

    /// <summary>A session of the console.</summary>
    Session,
}

/// <summary>What a key may be limited to. Other rights than those of its role are never gained.</summary>
[Flags]
public enum KeyScopes
{
    /// <summary>Nothing at all.</summary>
    None = 0,

    /// <summary>To read everything but statistics.</summary>
    Read = 1,

    /// <summary>To change things, except keys.</summary>
    Commands = 2,

    /// <summary>To read statistics, and to simulate.</summary>
    Statistics = 4,

    /// <summary>To begin a session of the console. Only links have it; any other key may do so too.</summary>
    SignIn = 8,
}

/// <summary>A key and when it was used.</summary>
public readonly record struct KeyUse(string KeyId, Instant At);

/// <summary>Which keys to list. Several values mean any of them; an empty list means all.</summary>
public sealed record ApiKeyFilter
{
    public ImmutableArray<Role> Roles { get; init; } = [];

    /// <summary>The sellers that keys stand for.</summary>
    public ImmutableArray<string> SellerIds { get; init; } = [];

    /// <summary>The parties that keys of partners stand for.</summary>
    public ImmutableArray<string> PartyIds { get; init; } = [];

    public InstantRange Created { get; init; }
}
