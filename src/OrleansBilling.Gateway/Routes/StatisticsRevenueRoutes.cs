using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Recurring revenue: how it moved, and what it will bring.</summary>
internal sealed class StatisticsRevenueRoutes(IStatisticsStore statistics, StatisticsCalendar calendar, CatalogCache catalog) : IRouteGroup
{
    private const int ForecastMonthsDefault = 12;
    private const int ForecastMonthsMax = 24;

    private static readonly QueryParameter Months = new(
        "months", "integer", "How many calendar months, the present one first: 1 to 24, 12 unless told.");

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/mrr-movements", Roles.SellerOrAdministrator, MovementsAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(RevenueMovementsList)).Describe(
                StatisticsRoutes.Tag,
                "How monthly recurring revenue moved, by month and currency",
                "Monthly recurring revenue is of all active and past due subscribers, net of the discounts in force, normalised to a month. start, new, " +
                "expansion, contraction, churn, completed, reactivation, paused, resumed and moved add up to end exactly; what lowers it is negative. " +
                "A discount that ends is expansion. The first and the last month are cut to what belongs to the range.");
        api.Get("/v1/statistics/forecast", Roles.SellerOrAdministrator, ForecastAsync, [Months, .. StatisticsQuery.Whose])
            .Answers(200, typeof(ForecastDocument)).Describe(
                StatisticsRoutes.Tag,
                "What the standing book will bring, by month and currency",
                "contracted: every active or past due subscriber's next recurrence, net of the discounts that hold for it (no usage or tax), in the month of " +
                "its next renewal, repeated by its plan's interval as if everybody stayed on, and the parts of invoices that are still to be paid, in " +
                "their months. Weeks and days repeat by their average number in a month, or, when longer than one, in the nearest month. Plans with a " +
                "fixed number of recurrences count their next renewal only, for how many are left is not in the book. Trials, first payments that did " +
                "not come yet, pauses and subscriptions that are to be canceled are left out, scheduled plan changes do not count yet, and the present " +
                "month holds only what is still to come in it. expected: contracted × (1 − churn.monthly)^n in the n-th month after the present, with " +
                "churn.monthly = 1 − (1 − churn.rate)^(30/90) over the last 90 days, as in what-if simulations.");
    }

    private async ValueTask<IResult> MovementsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var months = await RevenueReport.ReadAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new RevenueMovementsList([.. months.Select(RevenueMovementsDocument.Of)]),
            GatewayJson.Default.RevenueMovementsList);
    }

    private async ValueTask<IResult> ForecastAsync(ApiCall call)
    {
        var months = call.Query.Integer("months", 1, ForecastMonthsMax, ForecastMonthsDefault);
        var filter = StatisticsQuery.FilterOf(call);
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var today = await calendar.TodayAsync(filter, call.Aborted);
        var forecast = await RevenueForecast.ReadAsync(statistics, catalog, filter, today, months, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, ForecastDocument.Of(forecast), GatewayJson.Default.ForecastDocument);
    }
}
