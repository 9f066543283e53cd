using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Whom an API key stands for.</summary>
internal enum ApiKeyRole
{
    Admin,
    Seller,
}

/// <summary>POST /v1/api-keys.</summary>
internal sealed record ApiKeyBody
{
    /// <summary>Whom the key stands for.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The seller; required with the role seller, and only allowed with it.</summary>
    [Id]
    public string? SellerId { get; init; }

    /// <summary>Seconds until the key expires; it never expires if left out.</summary>
    [Bounds(1, FieldLimits.KeySecondsMax)]
    public int? ExpiresInSeconds { get; init; }
}

/// <summary>A new API key. Only this answer shows its secret.</summary>
/// <param name="Id">The key's id, which removes it.</param>
/// <param name="Key">The secret, for Authorization: Bearer.</param>
/// <param name="Role">Whom the key stands for.</param>
/// <param name="SellerId">The seller; null for administrators.</param>
/// <param name="ExpiresAt">When it expires; null if never.</param>
internal sealed record ApiKeyDocument(string Id, string Key, ApiKeyRole Role, string? SellerId, Instant CreatedAt, Instant? ExpiresAt);

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
