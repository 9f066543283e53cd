using OrleansBilling.Gateway.Bulk;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.OpenApi;
using OrleansBilling.Gateway.Routes;

namespace OrleansBilling.Gateway;

/// <summary>Every route that there is.</summary>
internal static class ApiMap
{
    public static void MapApi(this IEndpointRouteBuilder endpoints, GatewayServices services)
    {
        var api = new ApiRoutes(endpoints, services);
        api.MapRoot();
        api.MapProducts();
        api.MapPlans();
        api.MapOffers();
        api.MapCoupons();
        api.MapSubscriptions();
        api.MapSubscriptionCommands();
        api.MapPreviews();
        api.MapRetention();
        api.MapInvoices();
        api.MapCreditNotes();
        api.MapChargebacks();
        api.MapEvents();
        api.MapBulk();
        api.MapPayments();
        api.MapBalances();
        api.MapMessages();
        api.MapStatistics();
        api.MapSimulations();
        api.MapClock();
        api.MapKeys();
        api.MapQuarantine();
        api.MapHealth();
        endpoints.MapApiDescription();
    }
}
