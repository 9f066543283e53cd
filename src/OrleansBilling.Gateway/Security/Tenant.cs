using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Security;

/// <summary>The owner by which idempotency keys, the ids derived from them, turns and guesses are separated.</summary>
internal static class Tenant
{
    public static string Of(Caller caller) => caller.Role switch
    {
        Role.Administrator => "admin",
        Role.Seller => $"seller:{caller.Id}",
        Role.Customer => $"customer:{caller.Id}@{caller.SellerId}",
        Role.Partner => $"partner:{caller.Id}",
        _ => throw new InvalidOperationException($"{caller.Role} does not come over HTTP."),
    };
}
