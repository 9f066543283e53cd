using System.Globalization;
using System.Security.Claims;
using OrleansBilling.Client;

namespace OrleansBilling.Console.Sessions;

/// <summary>Who is signed in. It lives in the cookie, encrypted, and nowhere else.</summary>
/// <param name="Token">The session's token of the API.</param>
/// <param name="SellerId">The seller; null for any other role.</param>
/// <param name="Scopes">What the session may do; null for all that its role may do.</param>
public sealed record SignedIn(
    string Token, ApiKeyRole Role, string? SellerId, string? PartyId, DateTimeOffset ExpiresAt, IReadOnlyList<string>? Scopes)
{
    private const string TokenClaim = "token";
    private const string RoleClaim = "role";
    private const string SellerClaim = "seller";
    private const string PartyClaim = "party";
    private const string ExpiryClaim = "expires";
    private const string ScopeClaim = "scopes";

    /// <summary>Sessions with the same scope see the same.</summary>
    public string Scope => $"{Role}\n{SellerId}\n{(Scopes is null ? "*" : string.Join(',', Scopes.Order(StringComparer.Ordinal)))}";

    public bool SeesFigures => Role != ApiKeyRole.Partner && May("statistics");

    public bool SeesSubscriptions => Role != ApiKeyRole.Partner && May("read");

    public bool Changes => Role != ApiKeyRole.Partner && May("commands");

    public bool IsAdministrator => Role == ApiKeyRole.Admin;

    public static SignedIn Of(ConsoleSession begun)
    {
        ArgumentNullException.ThrowIfNull(begun);
        return new SignedIn(begun.Token, begun.Role, begun.SellerId, begun.PartyId, begun.ExpiresAt, begun.Scopes);
    }

    /// <summary>The session of a signed-in user; null for anybody else.</summary>
    public static SignedIn? Of(ClaimsPrincipal? user)
    {
        if (user?.Identity?.IsAuthenticated != true || user.FindFirstValue(TokenClaim) is not { } token) return null;
        var scopes = user.FindFirstValue(ScopeClaim)?.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new SignedIn(
            token,
            Enum.Parse<ApiKeyRole>(user.FindFirstValue(RoleClaim)!),
            user.FindFirstValue(SellerClaim),
            user.FindFirstValue(PartyClaim),
            DateTimeOffset.Parse(user.FindFirstValue(ExpiryClaim)!, CultureInfo.InvariantCulture),
            scopes);
    }

    public ClaimsPrincipal ToUser(string scheme)
    {
        List<Claim> claims =
        [
            new(TokenClaim, Token), new(RoleClaim, Role.ToString()),
            new(ExpiryClaim, ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        ];
        if (SellerId is not null) claims.Add(new Claim(SellerClaim, SellerId));
        if (PartyId is not null) claims.Add(new Claim(PartyClaim, PartyId));
        if (Scopes is not null) claims.Add(new Claim(ScopeClaim, string.Join(',', Scopes)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    private bool May(string scope) => Scopes is null || Scopes.Contains(scope);
}
