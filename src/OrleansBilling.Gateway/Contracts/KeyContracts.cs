using NodaTime;
using OrleansBilling.Runtime.Journal;
using CallerRole = OrleansBilling.Domain.Subscriptions.Role;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Whom an API key stands for.</summary>
internal enum ApiKeyRole
{
    Admin,
    Seller,

    /// <summary>An affiliate or co-producer, who sees what it is owed and what it brought in, and nothing else.</summary>
    Partner,
}

/// <summary>What an API key may be limited to.</summary>
internal enum ApiKeyScope
{
    /// <summary>To read everything but statistics.</summary>
    Read,

    /// <summary>To change things, except keys.</summary>
    Commands,

    /// <summary>To read statistics, and to simulate.</summary>
    Statistics,
}

/// <summary>POST /v1/api-keys.</summary>
internal sealed record ApiKeyBody
{
    /// <summary>Whom the key stands for.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The seller; required with the role seller, and only allowed with it.</summary>
    [Id]
    public string? SellerId { get; init; }

    /// <summary>The affiliate or co-producer, as splits and subscriptions name it; required with the role partner, and only allowed with
    /// it.</summary>
    [Id]
    public string? PartyId { get; init; }

    /// <summary>What people call the key.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Name { get; init; }

    /// <summary>What the key is limited to. If omitted, it may do everything that its role may do.</summary>
    [Entries(1, FieldLimits.KeyScopesMax, Unique = true)]
    public IReadOnlyList<ApiKeyScope>? Scopes { get; init; }

    /// <summary>Seconds until the key expires.</summary>
    [Bounds(1, FieldLimits.KeySecondsMax)]
    public int? ExpiresInSeconds { get; init; }

    /// <summary>When the key stops working, if not said by <c>expires_in_seconds</c>. If both are omitted, it never does.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>A new API key. Only this answer shows its secret.</summary>
/// <param name="Id">The key's id, which removes it.</param>
/// <param name="Key">The secret, for Authorization: Bearer.</param>
/// <param name="Role">Whom the key stands for.</param>
/// <param name="SellerId">The seller; null for any other role.</param>
/// <param name="PartyId">The affiliate or co-producer; null for any other role.</param>
/// <param name="ExpiresAt">When it expires; null if never.</param>
internal sealed record ApiKeyDocument(
    string Id, string Key, ApiKeyRole Role, string? SellerId, string? PartyId, Instant CreatedAt, Instant? ExpiresAt)
{
    /// <summary>What people call it; null if nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What the key is limited to; null if to nothing.</summary>
    public IReadOnlyList<ApiKeyScope>? Scopes { get; init; }
}

/// <summary>Who a key speaks for.</summary>
internal enum KeyHolderRole
{
    Admin,
    Seller,
    Customer,
    Partner,
}

/// <summary>An API key or customer token without its secret.</summary>
/// <param name="Name">What people call it; null if nothing.</param>
/// <param name="Role">Whom it stands for.</param>
/// <param name="CustomerId">The customer of a token; null for an API key.</param>
/// <param name="PartyId">The affiliate or co-producer; null for any other role.</param>
/// <param name="Scopes">What the key is limited to; null if to nothing.</param>
/// <param name="ExpiresAt">When it expires; null if never.</param>
/// <param name="LastUsedAt">When it was last used, to about a minute; null if never.</param>
internal sealed record ListedApiKeyDocument(
    string Id, string? Name, KeyHolderRole Role, string? SellerId, string? CustomerId, string? PartyId,
    IReadOnlyList<ApiKeyScope>? Scopes, Instant CreatedAt, Instant? ExpiresAt, Instant? LastUsedAt)
{
    public static ListedApiKeyDocument From(ApiKey key)
    {
        var (role, sellerId, customerId, partyId) = key.Caller switch
        {
            { Role: CallerRole.Administrator } => (KeyHolderRole.Admin, null, null, null),
            { Role: CallerRole.Seller, Id: var id } => (KeyHolderRole.Seller, (string?)id, (string?)null, (string?)null),
            { Role: CallerRole.Customer, Id: var id, SellerId: var seller } => (KeyHolderRole.Customer, seller, id, null),
            { Role: CallerRole.Partner, Id: var id } => (KeyHolderRole.Partner, null, null, id),
            _ => throw new InvalidOperationException($"{key.Caller.Role} has no key."),
        };
        return new(
            key.Id, key.Name, role, sellerId, customerId, partyId, ApiKeyScopes.Of(key.Scopes), key.CreatedAt, key.ExpiresAt,
            key.LastUsedAt);
    }
}

/// <summary>A page of API keys, ordered by id.</summary>
internal sealed record ApiKeyPage(IReadOnlyList<ListedApiKeyDocument> Data, string? NextCursor);

/// <summary>Converts scopes between contract and storage.</summary>
internal static class ApiKeyScopes
{
    private static readonly (ApiKeyScope Shown, KeyScopes Stored)[] All =
    [
        (ApiKeyScope.Read, KeyScopes.Read), (ApiKeyScope.Commands, KeyScopes.Commands), (ApiKeyScope.Statistics, KeyScopes.Statistics),
    ];

    public static KeyScopes? Of(IReadOnlyList<ApiKeyScope>? scopes) => scopes is null
        ? null
        : All.Where(scope => scopes.Contains(scope.Shown)).Aggregate(KeyScopes.None, (sum, scope) => sum | scope.Stored);

    public static IReadOnlyList<ApiKeyScope>? Of(KeyScopes? scopes) =>
        scopes is { } limited ? [.. All.Where(scope => limited.HasFlag(scope.Stored)).Select(scope => scope.Shown)] : null;
}

/// <summary>POST /v1/customer-tokens.</summary>
internal sealed record CustomerTokenBody
{
    /// <summary>The customer whom the token stands for.</summary>
    [Id]
    public required string CustomerId { get; init; }

    /// <summary>Seconds until the token expires; 3,600 by default.</summary>
    [Bounds(1, FieldLimits.TokenSecondsMax)]
    public int? ExpiresInSeconds { get; init; }
}

/// <summary>A new customer token. Only this answer shows its secret. <c>seller_id</c> is null for all sellers.</summary>
/// <param name="Id">The token's id, which removes it.</param>
/// <param name="Token">The secret, for Authorization: Bearer.</param>
/// <param name="SellerId">The only seller whose subscriptions it reaches; null for all sellers.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record CustomerTokenDocument(
    string Id, string Token, string CustomerId, string? SellerId, Instant CreatedAt, Instant ExpiresAt);
