using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Finds the subscriptions that the caller may see. All others count as not found.</summary>
internal sealed class CallersSubscriptions(SubscriptionReader reader)
{
    /// <summary>Finds the subscription named in the path.</summary>
    public async ValueTask<SubscriptionView?> FindAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id)) return null;
        var view = await reader.FindAsync(call.Id, call.Aborted);
        return view is not null && call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id) ? view : null;
    }
}
