using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Finds the customers that the caller may see: administrators all, a seller those that it sold to, a customer itself. All others count
/// as not found.
/// </summary>
internal sealed class CallersCustomers(CustomerFinder customers)
{
    /// <summary>Finds the customer named in the path.</summary>
    public async ValueTask<CustomerProfile?> FindAsync(ApiCall call) =>
        Ids.IsValid(call.Id) && await MaySeeAsync(call) ? await customers.FindAsync(call.Id, call.Aborted) : null;

    /// <summary>A token that a seller made shows what that seller may see, and nothing of what it may not.</summary>
    private async ValueTask<bool> MaySeeAsync(ApiCall call)
    {
        var caller = call.Caller;
        if (caller.Role == Role.Administrator) return true;
        if (caller.Role == Role.Customer && caller.Id != call.Id) return false;
        var sellerId = caller.Role == Role.Seller ? caller.Id : caller.SellerId;
        return sellerId is null || await customers.IsKnownToAsync(call.Id, sellerId, call.Aborted);
    }
}
