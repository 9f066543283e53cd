using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// What of the catalog a caller may read: everybody what is sold, its seller and administrators also what is archived. A token that a
/// seller made reaches that seller's catalog only.
/// </summary>
internal sealed class CallersShelf(ICatalogShelf shelf, CatalogCache catalog)
{
    public async ValueTask<Shelved<Product>?> FindProductAsync(ApiCall call) =>
        await FindAsync(call, shelf.FindProductAsync, static (_, entry, _) => new(entry.SellerId));

    public async ValueTask<Shelved<Plan>?> FindPlanAsync(ApiCall call) =>
        await FindAsync(call, shelf.FindPlanAsync, static (self, entry, token) => self.SellerOfAsync(entry.ProductId, token));

    public async ValueTask<Shelved<Offer>?> FindOfferAsync(ApiCall call) =>
        await FindAsync(call, shelf.FindOfferAsync, static (self, entry, token) => self.SellerOfPlanAsync(entry.PlanId, token));

    /// <summary>Whether the caller sells it, or is an administrator.</summary>
    public static bool Owns(ApiCall call, string sellerId) => call.Caller.Role != Role.Customer && call.Caller.MayTouch(sellerId, "");

    /// <summary>The seller of a product that is stored.</summary>
    public async ValueTask<string> SellerOfAsync(string productId, CancellationToken cancellationToken) =>
        (await catalog.FindProductAsync(productId, cancellationToken))?.SellerId
            ?? throw new InvalidOperationException($"Product '{productId}' is named in the catalog, but not stored.");

    /// <summary>The seller of a plan that is stored.</summary>
    public async ValueTask<string> SellerOfPlanAsync(string planId, CancellationToken cancellationToken)
    {
        var plan = await catalog.FindPlanAsync(planId, cancellationToken)
            ?? throw new InvalidOperationException($"Plan '{planId}' is named in the catalog, but not stored.");
        return await SellerOfAsync(plan.ProductId, cancellationToken);
    }

    private async ValueTask<Shelved<T>?> FindAsync<T>(
        ApiCall call, Func<string, CancellationToken, ValueTask<Shelved<T>?>> find,
        Func<CallersShelf, T, CancellationToken, ValueTask<string>> sellerOf)
        where T : class
    {
        if (!Ids.IsValid(call.Id) || await find(call.Id, call.Aborted) is not { } found) return null;
        var sellerId = await sellerOf(this, found.Entry, call.Aborted);
        if (Owns(call, sellerId)) return found;
        var reaches = call.Caller.Role != Role.Customer || call.Caller.SellerId is null || call.Caller.SellerId == sellerId;
        return reaches && found.ArchivedAt is null ? found : null;
    }
}
