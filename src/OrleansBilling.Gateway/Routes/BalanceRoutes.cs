using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What the parties of revenue splits are owed.</summary>
internal sealed class BalanceRoutes(IBalanceStore balances) : IRouteGroup
{
    // Ids and currency codes never contain this character.
    private const char Separator = '/';

    public void Map(ApiRoutes api) =>
        api.Get(
                "/v1/balances", Roles.PartyOrAdministrator, ListAsync,
                QueryParameter.Id("seller_id", "Only from this seller's products."),
                QueryParameter.Id("party_id", "Only of this party; the seller is a party too."),
                PageParameters.Limit,
                PageParameters.Cursor)
            .Named("balances_list").Answers(200, typeof(BalancePage))
            .Describe("Money", "Lists what each party is owed, by seller and currency");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (sellerId, partyId) = Narrow(call, call.Query.Id("seller_id"), call.Query.Id("party_id"));
        var limit = call.Query.Limit();
        var after = ReadCursor(call.Query);
        if (call.Query.Error is { } error) return Answers.Problem(error);

        var rows = await balances.ReadAsync(sellerId, partyId, after, limit + 1, call.Aborted);
        var next = rows.Count > limit ? call.Query.NextCursor(PositionOf(rows[limit - 1].Key)) : null;
        var page = new BalancePage(
            [.. rows.Take(limit).Select(row => new BalanceDocument(row.Key.SellerId, row.Key.PartyId, row.Key.Currency, row.Amount))],
            next);
        return Answers.Json(StatusCodes.Status200OK, page, GatewayJson.Default.BalancePage);
    }

    /// <summary>
    /// A seller sees what its own products earned for each party, and what other sellers' products earned for it. A partner sees what it is
    /// owed.
    /// </summary>
    private static (string? SellerId, string? PartyId) Narrow(ApiCall call, string? sellerId, string? partyId)
    {
        if (call.Caller.Role == Role.Partner) return (sellerId, CallerScope.PartyId(call, partyId));
        if (call.Caller.Role != Role.Seller || sellerId == call.Caller.Id || partyId == call.Caller.Id) return (sellerId, partyId);
        if (sellerId is not null)
            call.Query.Fail(ApiErrors.Forbidden with { Detail = "This key may only ask for its own id, as seller_id or as party_id." });
        return (call.Caller.Id, partyId);
    }

    private static BalanceKey? ReadCursor(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        var parts = position.Split(Separator);
        if (parts.Length == 3 && Ids.IsValid(parts[0]) && Ids.IsValid(parts[1]) && Currency.TryParse(parts[2], out _))
            return new BalanceKey(parts[0], parts[1], parts[2]);
        query.FailCursor();
        return null;
    }

    private static string PositionOf(in BalanceKey key) => $"{key.SellerId}{Separator}{key.PartyId}{Separator}{key.Currency}";
}
