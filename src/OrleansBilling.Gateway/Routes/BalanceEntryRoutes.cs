using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Every movement behind a balance, by sale. The list trails the journal by less than a second.</summary>
internal sealed class BalanceEntryRoutes(IBalanceEntryList entries) : IRouteGroup
{
    public void Map(ApiRoutes api) =>
        api.Get(
                "/v1/balances/{id}/entries", Roles.PartyOrAdministrator, ListAsync,
                QueryParameter.Ids("seller_id", "Only from the products of these sellers."),
                QueryParameter.Ids("subscription_id", "Only of these subscriptions."),
                new QueryParameter(
                    "currency", "string", $"Only in these currencies, as ISO 4217 codes separated by commas: at most {Query.IdsMax}."),
                new QueryParameter("created_from", "string", "Only what moved at this instant or later.", "date-time"),
                new QueryParameter("created_to", "string", "Only what moved before this instant.", "date-time"),
                PageParameters.Limit,
                PageParameters.Cursor)
            .Named("balances_list_entries").Answers(200, typeof(BalanceEntryPage))
            .Describe(
                "Money", "Lists every movement of a party's balances, newest first",
                "The entries of a seller, a party and a currency sum up to their balance, once the last movement is listed, which takes " +
                "less than a second. A seller sees what its own products moved, and what other sellers' products moved for it. While the " +
                "list is derived again from the events, the answer is 503 rebuilding.");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = Read(call);
        var limit = call.Query.Limit();
        var after = ReadCursor(call.Query);
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await entries.ListAsync(filter, after, limit + 1, call.Aborted) is not { } found)
        {
            return Answers.Problem(ApiErrors.Rebuilding(
                "The list of entries is being derived from the events. Balances can be read. Billing goes on; try again later."));
        }

        var next = found.Count > limit ? call.Query.NextCursor(PositionOf(found[limit - 1])) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new BalanceEntryPage([.. found.Take(limit).Select(BalanceEntryDocument.From)], next),
            GatewayJson.Default.BalanceEntryPage);
    }

    private static BalanceEntryFilter Read(ApiCall call)
    {
        var query = call.Query;
        if (!Ids.IsValid(call.Id)) query.Fail(new ApiError(422, "invalid_id", "The party in the path must be an id.", "id"));
        CallerScope.PartyId(call, call.Id, "id");
        var sellers = query.Ids("seller_id");
        var (from, to) = query.Created();
        return new BalanceEntryFilter(call.Id)
        {
            // What others sold is the seller's business only where it is owed a share itself.
            SellerIds = call.Caller.Role == Role.Seller && call.Id != call.Caller.Id ? CallerScope.SellerIds(call, sellers) : sellers,
            SubscriptionIds = query.Ids("subscription_id"),
            Currencies = query.Currencies("currency"),
            Created = new InstantRange(from, to),
        };
    }

    private static string PositionOf(BalanceEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.CreatedAt.ToUnixTimeMilliseconds()}/{entry.SubscriptionId}/{entry.Sequence}");

    private static BalanceEntryMark? ReadCursor(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        if (position.Split('/') is [var at, var subscriptionId, var sequence] && Ids.IsValid(subscriptionId) &&
            Cursor.TryParseInstant(at, out var created) &&
            long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return new BalanceEntryMark(created, subscriptionId, place);
        query.FailCursor();
        return null;
    }
}
