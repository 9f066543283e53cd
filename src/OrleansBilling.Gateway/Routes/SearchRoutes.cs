using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Search;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Finds subscriptions, customers and invoices by an id, a mail address, a name or a number.</summary>
internal sealed class SearchRoutes(SearchReader search, SubscriptionTextReader texts) : IRouteGroup
{
    private const int LimitMax = ISearchIndex.RowsMax;
    private const int LimitDefault = 20;

    public void Map(ApiRoutes api) => api.Get(
            "/v1/search", Roles.Everyone, SearchAsync,
            new QueryParameter(
                "q", "string",
                "What to look for: 1 to 200 characters, without the spaces around it. Case counts in ids; in mail addresses and names it " +
                "does not.")
            {
                Rule = new TextAttribute(FieldLimits.SearchCharactersMax),
                IsRequired = true,
            },
            new QueryParameter("limit", "integer", "The most entries to return: 1 to 200, default 20.")
            {
                Rule = new BoundsAttribute(1, LimitMax),
            })
        .Named("search_find").Answers(200, typeof(SearchResultList))
        .Describe(
            "Search", "Finds subscriptions, customers and invoices by what is known of them",
            "The best match comes first: an exact id, an exact mail address, an invoice number, then the beginning of an id or of a mail " +
            "address (from 3 characters on), then that of a word in a customer's name (from 2 on). Subscriptions of the customers found " +
            "come with them. The list shows the first matches only and has no next page. What was acknowledged before is found.");

    private async ValueTask<IResult> SearchAsync(ApiCall call)
    {
        var query = call.Query;
        var text = query.Text("q", FieldLimits.SearchCharactersMax);
        var limit = query.Integer("limit", 1, LimitMax, LimitDefault);
        if (query.Error is { } error) return Answers.Problem(error);
        var invoice = InvoiceId.TryParse(text!) is { } id ? (id.SubscriptionId, id.Number) : ((string, int)?)null;
        var scope = new SearchScope(CallerScope.SellerId(call, null), CallerScope.CustomerId(call, null));
        var found = await search.FindAsync(new SearchQuery(text!, invoice), scope, limit, call.Aborted);
        var comments = await texts.FindCommentsAsync(
            found.OfType<SearchResult.Subscription>().Select(one => one.View.State), call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new SearchResultList([.. found.Select(one => SearchResultDocument.From(one, comments))]),
            GatewayJson.Default.SearchResultList);
    }
}
