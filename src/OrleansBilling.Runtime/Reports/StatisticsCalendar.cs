using NodaTime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>The current day for statistics, in the time zone of the product if one is asked about, otherwise in UTC.</summary>
public sealed class StatisticsCalendar(CatalogCache catalog, IClock clock)
{
    /// <summary>Today in the time zone that fits the filter.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<LocalDate> TodayAsync(StatisticsFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return clock.GetCurrentInstant().InZone(await ZoneAsync(filter, cancellationToken)).Date;
    }

    private async ValueTask<DateTimeZone> ZoneAsync(StatisticsFilter filter, CancellationToken cancellationToken)
    {
        var (productId, planId) = (filter.ProductId, filter.PlanId);
        if (productId is null && planId is null && filter.OfferId is { } offerId)
            planId = (await catalog.FindTermsAsync(offerId, 1, cancellationToken))?.Plan.Id;
        if (productId is null && planId is not null) productId = (await catalog.FindPlanAsync(planId, cancellationToken))?.ProductId;
        if (productId is null || await catalog.FindProductAsync(productId, cancellationToken) is not { } product) return DateTimeZone.Utc;
        return DateTimeZoneProviders.Tzdb[product.TimeZone];
    }
}
