using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Finds customers, also those that a program of an older release sold to: it does not make them, so they are made here when they are
/// asked for. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public sealed partial class CustomerFinder(
    ICustomerStore customers, CustomerReader known, ISubscriptionDirectory directory, SubscriptionReader reader,
    ILogger<CustomerFinder> logger)
{
    /// <summary>The customer; null if nobody ever named it.</summary>
    public async ValueTask<CustomerProfile?> FindAsync(string id, CancellationToken cancellationToken) =>
        await known.FindAsync(id, cancellationToken) is { } found ? found
        : await MakeAsync(new DirectoryFilter { CustomerId = id }, cancellationToken) ? await known.FindAsync(id, cancellationToken)
        : null;

    /// <summary>Whether a seller sold to the customer, now or before.</summary>
    public async ValueTask<bool> IsKnownToAsync(string id, string sellerId, CancellationToken cancellationToken) =>
        await customers.IsKnownToAsync(id, sellerId, cancellationToken) ||
        await MakeAsync(new DirectoryFilter { CustomerId = id, SellerId = sellerId }, cancellationToken);

    /// <summary>The customers as these subscriptions name them. A damaged one names nobody and does not hold up the others.</summary>
    public async ValueTask<List<NamedCustomer>> NamedByAsync(
        IReadOnlyList<StoredSubscription> sold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sold);
        var named = new List<NamedCustomer>(sold.Count);
        foreach (var stored in sold)
        {
            try
            {
                var (state, terms) = await reader.DecodeAsync(stored, cancellationToken);
                named.Add(new NamedCustomer(
                    state.Customer.Id, terms.Product.SellerId, state.Customer.Email, state.Customer.Country, state.CreatedAt));
            }
            catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
            {
                LogUnreadable(e, stored.SubscriptionId);
            }
        }

        return named;
    }

    private async ValueTask<bool> MakeAsync(DirectoryFilter filter, CancellationToken cancellationToken)
    {
        var sold = await directory.ListAsync(filter, null, ICustomerStore.BatchMax, cancellationToken);
        var named = await NamedByAsync(sold, cancellationToken);
        if (named.Count > 0) await customers.AddNamedAsync(named, cancellationToken);
        return named.Count > 0;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so its customer is not made.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
