using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Runtime.Coupons;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Feed;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway;

/// <summary>
/// The services that several routes share, built from the ports. The ports are registered as instances, so this provider
/// does not dispose them.
/// </summary>
internal static class RouteParts
{
    public static ServiceProvider Over(IServiceCollection ports) => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton<KeyRates>()
        .AddSingleton<KeyedRequests>()
        .AddSingleton<CatalogRoom>()
        .AddSingleton<CatalogCreation>()
        .AddSingleton<CatalogEdits>()
        .AddSingleton<CallersShelf>()
        .AddSingleton<CallersCatalog>()
        .AddSingleton<CallersEndpoints>()
        .AddSingleton<CallersSubscriptions>()
        .AddSingleton<CallersCustomers>()
        .AddSingleton<CustomerAdmission>()
        .AddSingleton<CustomerFinder>()
        .AddSingleton<CustomerReader>()
        .AddSingleton<CommandAnswers>()
        .AddSingleton<PlanChanges>()
        .AddSingleton<CouponRedemption>()
        .AddSingleton<EventRendering>()
        .AddSingleton<IEventRenderer>(parts => parts.GetRequiredService<EventRendering>())
        .AddSingleton<FeedPositions>()
        .AddSingleton<FeedWatch>()
        .AddSingleton<FirstPayment>()
        .AddSingleton<CommandRunner>()
        .AddSingleton<InvoicePreviewer>()
        .AddSingleton<MomentReader>()
        .AddSingleton<PersonRendering>()
        .AddSingleton<PreferredRetention>()
        .AddSingleton<SearchReader>()
        .AddSingleton<StatisticsCalendar>()
        .AddSingleton<SubscriptionTextReader>()
        .AddSingleton<UsageReader>()
        .Add(ports)
        .BuildServiceProvider();
}
