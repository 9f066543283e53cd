using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Who stays: cohorts by month of start, and what offers to those who want to cancel do.</summary>
internal static class StatisticsRetentionRoutes
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

    public static void MapRetentionStatistics(this ApiRoutes api)
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

    private static async ValueTask<IResult> CohortsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, to => FirstOfMonth(to).PlusMonths(1 - CohortMonthsDefault)) is not { } question)
            return Answers.Problem(call.Query.Error!);
        var period = question.Period with { From = FirstOfMonth(question.Period.From) };
        var months = period.Months();
        if (months.Count > CohortMonthsMax)
            return Answers.Problem(new ApiError(422, "out_of_range", "from and to may span 120 calendar months at most.", "from"));
        var rows = await (question with { Period = period }).RowsAsync(Cohorts.Metrics, StatisticsStep.Month);
        var shown = Cohorts.Sum(rows, months, StatisticDelta.MonthOf(await StatisticsQuery.TodayAsync(call, question.Filter)));
        return Answers.Json(StatusCodes.Status200OK, new CohortList(shown), GatewayJson.Default.CohortList);
    }

    private static async ValueTask<IResult> RetentionAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        if (question.Filter.ProductId is not { } productId) return Answers.Problem(ApiErrors.Required("product_id"));
        if (await ProductRoutes.FindOwnAsync(call, productId) is not { } product)
            return Answers.Problem(ApiErrors.NotFound("product", "product_id"));
        var rows = await question.RowsAsync(RetentionFigures.Metrics, StatisticsStep.Range);
        var shown = RetentionFigures.Sum(rows, product.Retention, question.Period);
        return Answers.Json(StatusCodes.Status200OK, new RetentionVariantsList(shown), GatewayJson.Default.RetentionVariantsList);
    }

    private static LocalDate FirstOfMonth(LocalDate date) => new(date.Year, date.Month, 1);
}
