using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/console-links.</summary>
internal sealed record ConsoleLinkBody
{
    /// <summary>Whom the session stands for that the link gives.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The seller; required with the role seller, and only allowed with it.</summary>
    [Id]
    public string? SellerId { get; init; }

    /// <summary>The affiliate or co-producer, as splits and subscriptions name it; required with the role partner, and only allowed with
    /// it.</summary>
    [Id]
    public string? PartyId { get; init; }
}

/// <summary>A link to the console. Only this answer shows it.</summary>
/// <param name="Url">Opens the console, once. Its part after # is a secret.</param>
/// <param name="ExpiresAt">When it stops working if nobody opened it.</param>
internal sealed record ConsoleLinkDocument(string Url, Instant ExpiresAt);

/// <summary>A session of the console. Only this answer shows its token.</summary>
/// <param name="Token">For Authorization: Bearer. It may do what its key may do, and ends with it.</param>
/// <param name="Role">Whom the session stands for.</param>
/// <param name="SellerId">The seller; null for any other role.</param>
/// <param name="PartyId">The affiliate or co-producer; null for any other role.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record ConsoleSessionDocument(string Token, ApiKeyRole Role, string? SellerId, string? PartyId, Instant ExpiresAt)
{
    /// <summary>What it is limited to; null if to nothing.</summary>
    public IReadOnlyList<ApiKeyScope>? Scopes { get; init; }
}
