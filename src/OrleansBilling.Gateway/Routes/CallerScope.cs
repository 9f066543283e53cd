using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Narrows lists and statistics to the caller's own data. Asking for someone else's by name is forbidden.</summary>
internal static class CallerScope
{
    public static string? SellerId(ApiCall call, string? asked) => Narrow(call, asked, OwnSeller(call), "seller_id");

    /// <summary>The sellers that a list may show; empty for all.</summary>
    public static ImmutableArray<string> SellerIds(ApiCall call, ImmutableArray<string> asked)
    {
        if (OwnSeller(call) is not { } own) return asked;
        foreach (var seller in asked) Narrow(call, seller, own, "seller_id");
        return [own];
    }

    public static string? CustomerId(ApiCall call, string? asked) =>
        Narrow(call, asked, call.Caller.Role == Role.Customer ? call.Caller.Id : null, "customer_id");

    /// <summary>The customers that a list may show; empty for all.</summary>
    public static ImmutableArray<string> CustomerIds(ApiCall call, ImmutableArray<string> asked)
    {
        if (call.Caller.Role != Role.Customer) return asked;
        foreach (var customer in asked) Narrow(call, customer, call.Caller.Id, "customer_id");
        return [call.Caller.Id!];
    }

    /// <summary>The only party whose money a partner may look at; null for all.</summary>
    /// <param name="field">What names the party: a parameter, or the id in the path.</param>
    public static string? PartyId(ApiCall call, string? asked, string field = "party_id") =>
        Narrow(call, asked, call.Caller.Role == Role.Partner ? call.Caller.Id : null, field);

    /// <summary>The parties whose money a list may show; empty for all.</summary>
    public static ImmutableArray<string> PartyIds(ApiCall call, ImmutableArray<string> asked)
    {
        if (call.Caller.Role != Role.Partner) return asked;
        foreach (var party in asked) PartyId(call, party);
        return [call.Caller.Id!];
    }

    private static string? OwnSeller(ApiCall call) => call.Caller.Role switch
    {
        Role.Seller => call.Caller.Id,
        Role.Customer => call.Caller.SellerId,
        _ => null,
    };

    private static string? Narrow(ApiCall call, string? asked, string? own, string field)
    {
        if (own is null) return asked;
        if (asked is not null && asked != own)
            call.Query.Fail(ApiErrors.ForbiddenTo($"This key may only ask for its own {field}.", field));
        return own;
    }
}
