using NodaTime;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Which day it is for statistics: of the time zone of the one product that is asked about, or else of UTC.</summary>
internal static class StatisticsDay
{
    public static async ValueTask<LocalDate> TodayAsync(ApiCall call, string? productId, string? planId, string? offerId)
    {
        var zone = await ZoneAsync(call, productId, planId, offerId);
        return call.Services.Clock.GetCurrentInstant().InZone(zone).Date;
    }

    private static async ValueTask<DateTimeZone> ZoneAsync(ApiCall call, string? productId, string? planId, string? offerId)
    {
        var catalog = call.Services.Catalog;
        if (productId is null && planId is null && offerId is not null)
            planId = (await catalog.FindTermsAsync(offerId, 1, call.Aborted))?.Plan.Id;
        if (productId is null && planId is not null) productId = (await catalog.FindPlanAsync(planId, call.Aborted))?.ProductId;
        if (productId is null || await catalog.FindProductAsync(productId, call.Aborted) is not { } product) return DateTimeZone.Utc;
        return DateTimeZoneProviders.Tzdb[product.TimeZone];
    }
}
