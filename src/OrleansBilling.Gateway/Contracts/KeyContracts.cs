using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

internal enum ApiKeyRole
{
    Admin,
    Seller,
}

/// <summary>POST /v1/api-keys.</summary>
internal sealed record ApiKeyBody
{
    public required ApiKeyRole Role { get; init; }

    public string? SellerId { get; init; }

    public int? ExpiresInSeconds { get; init; }
}

/// <summary>A new API key. Only this answer shows its secret.</summary>
internal sealed record ApiKeyDocument(string Id, string Key, ApiKeyRole Role, string? SellerId, Instant CreatedAt, Instant? ExpiresAt);

/// <summary>POST /v1/customer-tokens.</summary>
internal sealed record CustomerTokenBody
{
    public required string CustomerId { get; init; }

    public int? ExpiresInSeconds { get; init; }
}

/// <summary>A new customer token. Only this answer shows its secret. <c>seller_id</c> is null for all sellers.</summary>
internal sealed record CustomerTokenDocument(
    string Id, string Token, string CustomerId, string? SellerId, Instant CreatedAt, Instant ExpiresAt);
