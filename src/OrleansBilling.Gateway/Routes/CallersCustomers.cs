using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Finds the customers that the caller may see: administrators all, a seller those that it sold to, a customer itself. All others count
/// as not found.
/// </summary>
internal sealed class CallersCustomers(ICustomerStore customers, ISubscriptionDirectory directory, SubscriptionReader reader)
{
    /// <summary>Finds the customer named in the path.</summary>
    public async ValueTask<CustomerProfile?> FindAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id) || !await MaySeeAsync(call)) return null;
        if (await FindStoredAsync(call) is { } stored) return stored;

        // A program of before, that still runs during an upgrade, sells without making the customer.
        var sold = await directory.ListAsync(new DirectoryFilter { CustomerId = call.Id }, null, 1, call.Aborted);
        if (sold.Count == 0) return null;
        await customers.AddNamedAsync([PersonMove.NamedBy(await reader.DecodeAsync(sold[0], call.Aborted))], call.Aborted);
        return await FindStoredAsync(call);
    }

    private async ValueTask<CustomerProfile?> FindStoredAsync(ApiCall call)
    {
        var found = await customers.FindAsync([call.Id], call.Aborted);
        return found.Count == 0 ? null : found[0];
    }

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
