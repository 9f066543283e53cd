using OrleansBilling.Gateway.Bulk;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.OpenApi;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway;

/// <summary>All routes of the API.</summary>
internal static class ApiMap
{
    /// <summary>
    /// Maps the routes on top of the ports that the server opened. All services are resolved here, at startup; requests
    /// resolve none.
    /// </summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints, IServiceCollection ports)
    {
        using var parts = RouteParts.Over(ports);
        var api = new ApiRoutes(
            endpoints, parts.GetRequiredService<Authenticator>(), parts.GetRequiredService<RequestTurns>(),
            parts.GetRequiredService<KeyRates>(), parts.GetRequiredService<KeyedRequests>());
        Add<RootRoutes>();
        Add<ProductRoutes>();
        Add<PlanRoutes>();
        Add<OfferRoutes>();
        Add<CouponRoutes>();
        Add<SellerRoutes>();
        Add<SellerLogoRoutes>();
        Add<CustomerRoutes>();
        Add<EntitlementRoutes>();
        Add<SearchRoutes>();
        Add<SubscriptionRoutes>();
        Add<SubscriptionListRoutes>();
        Add<SubscriptionCommandRoutes>();
        Add<PreviewRoutes>();
        Add<RetentionRoutes>();
        Add<InvoiceRoutes>();
        Add<InvoiceListRoutes>();
        Add<CreditNoteRoutes>();
        Add<ChargebackRoutes>();
        Add<DocumentListRoutes>();
        Add<EventRoutes>();
        Add<UsageRoutes>();
        Add<SubscriptionMessageRoutes>();
        Add<FeedRoutes>();
        Add<WebhookRoutes>();
        Add<WebhookDeliveryRoutes>();
        Add<BulkRoutes>();
        Add<PaymentRoutes>();
        Add<BalanceRoutes>();
        Add<BalanceEntryRoutes>();
        Add<MessageRoutes>();
        Add<StatisticsRevenueRoutes>();
        Add<StatisticsRetentionRoutes>();
        Add<StatisticsReasonRoutes>();
        Add<StatisticsRoutes>();
        Add<SimulationRoutes>();
        Add<ClockRoutes>();
        Add<KeyRoutes>();
        Add<ConsoleRoutes>();
        Add<QuarantineRoutes>();
        Add<ClusterRoutes>();
        Add<HealthRoutes>();
        endpoints.MapApiDescription();
        endpoints.MapApiReference();

        void Add<TGroup>()
            where TGroup : class, IRouteGroup => ActivatorUtilities.CreateInstance<TGroup>(parts).Map(api);
    }
}
