using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Reads what a list of the catalog is asked for, and pages through it.</summary>
internal static class CatalogLists
{
    private static readonly QueryParameter[] Always =
    [
        QueryParameter.Ids("seller_id", "Only of these sellers."),
        new("archived", "boolean", "Only what is archived (true), or what is on sale (false)."),
        PageParameters.CreatedFrom,
        PageParameters.CreatedTo,
        PageParameters.Limit,
        PageParameters.Cursor,
    ];

    private static readonly QueryParameter ProductIds = QueryParameter.Ids("product_id", "Only of these products.");

    public static QueryParameter[] OfSellers => Always;

    public static QueryParameter[] OfProducts { get; } = [ProductIds, .. Always];

    public static QueryParameter[] OfPlans { get; } = [QueryParameter.Ids("plan_id", "Only of these plans."), ProductIds, .. Always];

    /// <summary>What is sold: everybody may read it. What is archived is for its seller and for administrators.</summary>
    public static CatalogFilter ReadSold(ApiCall call)
    {
        var filter = Read(call);
        return call.Caller.Role switch
        {
            Role.Administrator => filter,
            Role.Seller => filter with { ArchivedOf = call.Caller.Id },
            _ => filter with { ArchivedOf = "", SellerIds = CallerScope.SellerIds(call, filter.SellerIds) },
        };
    }

    /// <summary>What belongs to its seller alone.</summary>
    public static CatalogFilter ReadOwn(ApiCall call)
    {
        var filter = Read(call);
        return filter with { SellerIds = CallerScope.SellerIds(call, filter.SellerIds) };
    }

    /// <summary>Lists a page.</summary>
    /// <returns>The entries and the next cursor, or what is wrong with the request.</returns>
    public static async ValueTask<(IReadOnlyList<Shelved<T>> Page, string? Next, ApiError? Error)> PageAsync<T>(
        ApiCall call, CatalogFilter filter,
        Func<CatalogFilter, string?, int, CancellationToken, ValueTask<IReadOnlyList<Shelved<T>>>> listAsync, Func<T, string> idOf)
    {
        var query = call.Query;
        var limit = query.Limit();
        var after = query.CursorId();
        if (query.Error is { } error) return ([], null, error);
        var found = await listAsync(filter, after, limit + 1, call.Aborted);
        var next = found.Count > limit ? query.NextCursor(idOf(found[limit - 1].Entry)) : null;
        return ([.. found.Take(limit)], next, null);
    }

    private static CatalogFilter Read(ApiCall call)
    {
        var query = call.Query;
        var (from, to) = query.Created();
        return new CatalogFilter
        {
            SellerIds = query.Ids("seller_id"),
            ProductIds = query.Ids("product_id"),
            PlanIds = query.Ids("plan_id"),
            Archived = query.Flag("archived"),
            CreatedFrom = from,
            CreatedTo = to,
        };
    }
}
