using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Narrows lists and statistics to the caller's own data. Asking for someone else's by name is forbidden.</summary>
internal static class CallerScope
{
    public static string? SellerId(ApiCall call, string? asked)
    {
        var own = call.Caller.Role switch
        {
            Role.Seller => call.Caller.Id,
            Role.Customer => call.Caller.SellerId,
            _ => null,
        };
        return Narrow(call, asked, own, "seller_id");
    }

    public static string? CustomerId(ApiCall call, string? asked) =>
        Narrow(call, asked, call.Caller.Role == Role.Customer ? call.Caller.Id : null, "customer_id");

    private static string? Narrow(ApiCall call, string? asked, string? own, string field)
    {
        if (own is null) return asked;
        if (asked is not null && asked != own)
            call.Query.Fail(ApiErrors.Forbidden with { Detail = $"This key may only ask for its own {field}." });
        return own;
    }
}
