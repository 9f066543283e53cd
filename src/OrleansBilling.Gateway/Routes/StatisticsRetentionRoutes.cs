using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Cohorts by month of start, and the effect of retention offers.</summary>
internal sealed class StatisticsRetentionRoutes(
    IStatisticsStore statistics, StatisticsCalendar calendar, CallersCatalog catalog) : IRouteGroup
{
    private const int CohortMonthsMax = 120;
    private const int CohortMonthsDefault = 12;

    private static readonly QueryParameter[] CohortParameters =
    [
        new("from", "string", "A day in the first month of start. The default is 11 months before the month of the last day.", "date"),
        new("to", "string",
            "Last day, included, up to which cohorts are followed. Its month is the last month of start. The default is today.", "date"),
        .. StatisticsQuery.Whose,
    ];

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/cohorts", Roles.SellerOrAdministrator, CohortsAsync, CohortParameters)
            .Named("statistics_cohorts").Answers(200, typeof(CohortList)).Describe(
                StatisticsRoutes.Tag,
                "Retention by month of start",
                "A subscription belongs to the calendar month, in its product's time zone, in which its service started, trial " +
                "included. It joins the cohort when it becomes a subscriber for the first time and leaves when it ends. It stays " +
                "while it is paused, and returns to its old cohort when it is reactivated. completed counts fixed terms that ran " +
                "out. Months that have not begun are left out. With plan_id or offer_id, a plan change moves a subscription out " +
                "of one cohort and into the other, where it does not count as joined. At most 120 months.");
        api.Get("/v1/statistics/retention", Roles.SellerOrAdministrator, RetentionAsync, StatisticsQuery.Parameters)
            .Named("statistics_retention").Answers(200, typeof(RetentionVariantsList)).Refuses(404).Describe(
                StatisticsRoutes.Tag,
                "What retention offers do, by variant",
                "product_id is required. Counts are for the range, so a subscription that was lost in it may have been assigned " +
                "before it. Variant 0 is the control group, which was offered nothing. A subscription that no offer matched is in " +
                "no variant. One that asks again, for another reason, counts only in its newest variant. Compare each variant " +
                "with the control group to see what it saves.");
    }

    private async ValueTask<IResult> CohortsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar, CohortsSince) is not { } asked) return Answers.Problem(call.Query.Error!);
        if (asked.Period.Months().Count > CohortMonthsMax)
            return Answers.Problem(new ApiError(422, "out_of_range", "from and to may span at most 120 calendar months.", "from"));
        var today = await calendar.TodayAsync(asked.Filter, call.Aborted);
        var cohorts = await CohortReport.ReadAsync(statistics, asked.Filter, asked.Period, today, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new CohortList([.. cohorts.Select(CohortDocument.Of)]), GatewayJson.Default.CohortList);
    }

    private static LocalDate CohortsSince(LocalDate to) => to.With(DateAdjusters.StartOfMonth).PlusMonths(1 - CohortMonthsDefault);

    private async ValueTask<IResult> RetentionAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        if (asked.Filter.ProductId is not { } productId) return Answers.Problem(ApiErrors.Required("product_id"));
        if (await catalog.FindProductAsync(call, productId) is not { } product)
            return Answers.Problem(ApiErrors.NotFound("product", "product_id"));
        var variants = await RetentionReport.ReadAsync(statistics, asked.Filter, asked.Period, product.Retention, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new RetentionVariantsList([.. variants.Select(RetentionVariantDocument.Of)]),
            GatewayJson.Default.RetentionVariantsList);
    }
}
