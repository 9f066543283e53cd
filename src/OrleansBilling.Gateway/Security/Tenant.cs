using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Security;

/// <summary>For whom something is kept apart: idempotency keys, ids made from them, turns, and guesses.</summary>
internal static class Tenant
{
    /// <summary>The tenant of a caller.</summary>
    public static string Of(Caller caller) => caller.Role switch
    {
        Role.Administrator => "admin",
        Role.Seller => $"seller:{caller.Id}",
        Role.Customer => $"customer:{caller.Id}@{caller.SellerId}",
        _ => throw new InvalidOperationException($"{caller.Role} does not come over HTTP."),
    };
}
