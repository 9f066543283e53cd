using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Who stays: cohorts by month of start, and what offers to those who want to cancel do.</summary>
internal sealed class StatisticsRetentionRoutes(
    IStatisticsStore statistics, StatisticsCalendar calendar, CallersCatalog catalog) : IRouteGroup
{
    private const int CohortMonthsMax = 120;
    private const int CohortMonthsDefault = 12;

    private static readonly QueryParameter[] CohortParameters =
    [
        new("from", "string", "A day in the first month of start; 11 months before that of the last day unless told.", "date"),
        new("to", "string",
            "Last day, included, up to which cohorts are followed; its month is the last month of start. Today unless told.", "date"),
        .. StatisticsQuery.Whose,
    ];

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/cohorts", Roles.SellerOrAdministrator, CohortsAsync, CohortParameters)
            .Answers(200, typeof(CohortList)).Describe(
                StatisticsRoutes.Tag,
                "Retention by month of start",
                "A subscription belongs to the calendar month, in its product's zone, in which its service started, trial included. It joins when it becomes a " +
                "subscriber for the first time, leaves when it ends, stays while it is paused, and comes back to its old cohort when it is reactivated; " +
                "completed tells whose fixed term ran out. " +
                "Months that have not begun are left out. With plan_id or offer_id, a plan change takes it out of one's cohort and into the other's, " +
                "which it did not join. At most 120 months.");
        api.Get("/v1/statistics/retention", Roles.SellerOrAdministrator, RetentionAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(RetentionVariantsList)).Refuses(404).Describe(
                StatisticsRoutes.Tag,
                "What retention offers do, by variant",
                "product_id is required. Counts are of the range: who was lost in it may have been assigned before. Variant 0 is the control group, which " +
                "was offered nothing; whoever no offer matched is in none. Whoever asks again, for another reason, is of the newest only. Each variant against the control group tells what it saves.");
    }

    private async ValueTask<IResult> CohortsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar, CohortsSince) is not { } asked) return Answers.Problem(call.Query.Error!);
        if (asked.Period.Months().Count > CohortMonthsMax)
            return Answers.Problem(new ApiError(422, "out_of_range", "from and to may span 120 calendar months at most.", "from"));
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
