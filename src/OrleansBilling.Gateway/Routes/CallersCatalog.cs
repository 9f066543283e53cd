using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Finds the products, plans and offers that the caller may see. All others count as not found.</summary>
internal sealed class CallersCatalog(CatalogCache catalog)
{
    public async ValueTask<Product?> FindProductAsync(ApiCall call, string productId)
    {
        if (!Ids.IsValid(productId)) return null;
        var product = await catalog.FindProductAsync(productId, call.Aborted);
        return product is not null && call.Caller.MayTouch(product.SellerId, "") ? product : null;
    }

    public async ValueTask<Plan?> FindPlanAsync(ApiCall call, string planId)
    {
        if (!Ids.IsValid(planId)) return null;
        var plan = await catalog.FindPlanAsync(planId, call.Aborted);
        return plan is not null && await FindProductAsync(call, plan.ProductId) is not null ? plan : null;
    }

    /// <summary>The newest version of an offer.</summary>
    public async ValueTask<OfferTerms?> FindOfferAsync(ApiCall call, string offerId)
    {
        if (!Ids.IsValid(offerId)) return null;
        var terms = await catalog.FindNewestTermsAsync(offerId, call.Aborted);
        return terms is not null && call.Caller.MayTouch(terms.Product.SellerId, "") ? terms : null;
    }
}
