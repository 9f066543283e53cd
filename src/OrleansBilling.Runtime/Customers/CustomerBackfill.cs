using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Makes the customers that subscriptions of an older release name, once, in the background. How far it came is a setting, so another
/// process can continue; two at a time do no harm.
/// </summary>
public sealed partial class CustomerBackfill : IDisposable
{
    private const string Setting = "customers_made_to";
    private const string Complete = "*";

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    private readonly ICustomerStore customers;
    private readonly ISubscriptionDirectory directory;
    private readonly ISettingStore settings;
    private readonly SubscriptionReader reader;
    private readonly ILogger<CustomerBackfill> logger;
    private readonly BackgroundWork work;

    public CustomerBackfill(
        ICustomerStore customers, ISubscriptionDirectory directory, ISettingStore settings, SubscriptionReader reader, TimeProvider time,
        ILogger<CustomerBackfill> logger)
    {
        (this.customers, this.directory, this.settings) = (customers, directory, settings);
        (this.reader, this.logger) = (reader, logger);
        work = new BackgroundWork("The making of customers", RunAsync, TryAgain, time, logger);
    }

    public void Start() => work.Start();

    /// <summary>Ends the loop. What was not made is made at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Makes all customers that are missing.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        for (;;)
        {
            var after = await settings.ReadAsync(Setting, cancellationToken);
            if (after == Complete) break;
            var page = await directory.ListAsync(new DirectoryFilter(), after, ICustomerStore.BatchMax, cancellationToken);
            var named = new List<NamedCustomer>(page.Count);
            foreach (var stored in page)
            {
                if (await TryReadAsync(stored, cancellationToken) is { } one) named.Add(one);
            }

            await customers.AddNamedAsync(named, cancellationToken);
            made += named.Count;
            await settings.WriteAsync(Setting, page.Count == 0 ? Complete : page[^1].SubscriptionId, cancellationToken);
        }

        if (made > 0) LogDone(made);
    }

    /// <summary>The customer as a subscription names it.</summary>
    public static NamedCustomer NamedBy(SubscriptionView sold)
    {
        ArgumentNullException.ThrowIfNull(sold);
        var (state, terms) = (sold.State, sold.Terms);
        return new NamedCustomer(
            state.Customer.Id, terms.Product.SellerId, state.Customer.Email, state.Customer.Country, state.CreatedAt);
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await FillAsync(stopping);
        return null;
    }

    /// <summary>Null for a damaged subscription, so that it does not hold up the others.</summary>
    private async ValueTask<NamedCustomer?> TryReadAsync(StoredSubscription stored, CancellationToken cancellationToken)
    {
        try
        {
            return NamedBy(await reader.DecodeAsync(stored, cancellationToken));
        }
        catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
        {
            LogUnreadable(e, stored.SubscriptionId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The customers of {Subscriptions} older subscriptions are known.")]
    private partial void LogDone(int subscriptions);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so its customer is not made.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
