using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Finds subscriptions that the caller may know of; others are as if they were not there.</summary>
internal sealed class CallersSubscriptions(SubscriptionReader reader)
{
    /// <summary>The subscription of the path.</summary>
    public async ValueTask<SubscriptionView?> FindAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id)) return null;
        var view = await reader.FindAsync(call.Id, call.Aborted);
        return view is not null && call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id) ? view : null;
    }
}
