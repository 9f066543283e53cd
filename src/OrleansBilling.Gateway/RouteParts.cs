using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Runtime.Coupons;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway;

/// <summary>What several routes share, made of the ports. It owns nothing: ports are instances, and stay whose they are.</summary>
internal static class RouteParts
{
    public static ServiceProvider Over(IServiceCollection ports) => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton<CatalogKeys>()
        .AddSingleton<CatalogRoom>()
        .AddSingleton<CatalogCreation>()
        .AddSingleton<CallersCatalog>()
        .AddSingleton<CallersSubscriptions>()
        .AddSingleton<PlanChanges>()
        .AddSingleton<CouponRedemption>()
        .AddSingleton<CommandRunner>()
        .AddSingleton<InvoicePreviewer>()
        .AddSingleton<PreferredRetention>()
        .AddSingleton<StatisticsCalendar>()
        .Add(ports)
        .BuildServiceProvider();
}
