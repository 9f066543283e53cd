using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Whom a key, a link or a session stands for, in the words of the API.</summary>
internal static class KeyHolder
{
    /// <summary>Whom it stands for is named with its role, and only with that.</summary>
    public static void Require(ref Check check, ApiKeyRole role, string? sellerId, string? partyId)
    {
        Require(ref check, role == ApiKeyRole.Seller, sellerId, "seller_id", "seller");
        Require(ref check, role == ApiKeyRole.Partner, partyId, "party_id", "partner");
    }

    public static Caller CallerOf(ApiKeyRole role, string? sellerId, string? partyId) => role switch
    {
        ApiKeyRole.Admin => Caller.Administrator,
        ApiKeyRole.Seller => new Caller(Role.Seller, sellerId!),
        _ => new Caller(Role.Partner, partyId!),
    };

    public static (ApiKeyRole Role, string? SellerId, string? PartyId) Of(Caller caller) => caller.Role switch
    {
        Role.Administrator => (ApiKeyRole.Admin, null, null),
        Role.Seller => (ApiKeyRole.Seller, caller.Id, null),
        Role.Partner => (ApiKeyRole.Partner, null, caller.Id),
        _ => throw new InvalidOperationException($"{caller.Role} has no session."),
    };

    private static void Require(ref Check check, bool isOfRole, string? id, string field, string role)
    {
        if (isOfRole && id is null) check.Fail(ApiErrors.Required(field));
        if (!isOfRole && id is not null)
            check.Fail(new ApiError(422, "ambiguous", $"{field} is only allowed with the role {role}.", field));
    }
}
