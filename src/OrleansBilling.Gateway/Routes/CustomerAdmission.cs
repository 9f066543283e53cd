using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Decides whom a new subscription may name. Everybody may name a customer that is not known; it is made with the subscription. A
/// seller may name a known one if it has sold to it before, or if it gives its mail address.
/// </summary>
internal sealed class CustomerAdmission(CustomerFinder customers)
{
    /// <summary>The customer for the command, with the country that is known; null if the caller may not name it.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The database does not answer. Nothing was done.</exception>
    public async ValueTask<Customer?> AdmitAsync(CommandCall call, NamedCustomerBody named)
    {
        var known = await customers.FindAsync(named.Id, call.CancellationToken);
        if (known is null) return new Customer(named.Id, named.Email, named.Country);
        if (call.Caller.Role == Role.Seller && !IsSame(known.Email, named.Email) &&
            !await customers.IsKnownToAsync(named.Id, call.Caller.Id, call.CancellationToken)) return null;
        return new Customer(named.Id, known.Email, known.Country ?? named.Country);
    }

    /// <summary>Compares mail addresses without case. If the customer has none, nothing is the same.</summary>
    private static bool IsSame(string? known, string? named) =>
        known is not null && string.Equals(known, named, StringComparison.OrdinalIgnoreCase);
}
