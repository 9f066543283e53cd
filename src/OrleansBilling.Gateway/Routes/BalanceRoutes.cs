using System.Collections.Immutable;
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
                QueryParameter.Ids("seller_id", "Only from the products of these sellers."),
                QueryParameter.Ids("party_id", "Only of these parties; a seller is a party too."),
                PageParameters.Limit,
                PageParameters.Cursor)
            .Named("balances_list").Answers(200, typeof(BalancePage))
            .Describe("Money", "Lists what each party is owed, by seller and currency");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (sellerIds, partyIds) = Narrow(call, call.Query.Ids("seller_id"), call.Query.Ids("party_id"));
        var limit = call.Query.Limit();
        var after = ReadCursor(call.Query);
        if (call.Query.Error is { } error) return Answers.Problem(error);

        var rows = await balances.ReadAsync(sellerIds, partyIds, after, limit + 1, call.Aborted);
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
    private static (ImmutableArray<string> SellerIds, ImmutableArray<string> PartyIds) Narrow(
        ApiCall call, ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds)
    {
        if (call.Caller.Role == Role.Partner) return (sellerIds, CallerScope.PartyIds(call, partyIds));
        if (call.Caller.Role != Role.Seller || IsOwn(call, sellerIds) || IsOwn(call, partyIds)) return (sellerIds, partyIds);
        if (!sellerIds.IsEmpty)
            call.Query.Fail(ApiErrors.ForbiddenTo("This key may only ask for its own id, as seller_id or as party_id.", "seller_id"));
        return ([call.Caller.Id!], partyIds);
    }

    private static bool IsOwn(ApiCall call, ImmutableArray<string> ids) => !ids.IsEmpty && ids.All(id => id == call.Caller.Id);

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
