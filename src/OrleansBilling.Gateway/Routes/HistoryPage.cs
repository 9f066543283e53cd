using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A page of what happened to one subscription (events, invoices, credit notes), as it is asked for.</summary>
/// <param name="View">The subscription, which the caller may know of.</param>
/// <param name="Limit">Entries of the page.</param>
/// <param name="After">Where the page before ended; 0 for the first.</param>
internal sealed record HistoryPage(SubscriptionView View, int Limit, long After)
{
    /// <summary>What the path and the query ask for, or why that makes no sense.</summary>
    public static async ValueTask<(HistoryPage? Asked, ApiError? Error)> AskAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return (null, error);
        return await SubscriptionRoutes.FindOwnAsync(call) is { } view ? (new HistoryPage(view, limit, after), null) : (null, ApiErrors.From(Refusal.NotFound));
    }

    /// <summary>Shows as many as fit; whatever is left makes a next cursor.</summary>
    public (ImmutableArray<TDocument> Data, string? NextCursor) Cut<T, TDocument>(IEnumerable<T> found, Func<T, TDocument> show, Func<T, long> position)
    {
        var page = found.Take(Limit + 1).ToList();
        return ([.. page.Take(Limit).Select(show)], page.Count > Limit ? Cursor.Encode(position(page[Limit - 1])) : null);
    }
}
