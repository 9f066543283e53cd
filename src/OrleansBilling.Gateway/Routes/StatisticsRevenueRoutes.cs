using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>How recurring revenue changed, and its forecast.</summary>
internal sealed class StatisticsRevenueRoutes(IStatisticsStore statistics, StatisticsCalendar calendar, CatalogCache catalog) : IRouteGroup
{
    private const int ForecastMonthsDefault = 12;
    private const int ForecastMonthsMax = 24;

    private static readonly QueryParameter Months = new(
        "months", "integer", "How many calendar months, starting with the present one: 1 to 24, default 12.")
    {
        Rule = new BoundsAttribute(1, ForecastMonthsMax),
    };

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/mrr-movements", Roles.SellerOrAdministrator, MovementsAsync, StatisticsQuery.Parameters)
            .Named("statistics_mrr_movements").Answers(200, typeof(RevenueMovementsList)).Describe(
                StatisticsRoutes.Tag,
                "Movements of monthly recurring revenue, by month and currency",
                "Monthly recurring revenue covers all active and past due subscribers, net of the discounts in force, normalized " +
                "to a month. start, new, expansion, contraction, churn, completed, reactivation, paused, resumed and moved add up " +
                "to end exactly; decreases are negative. A discount that ends counts as expansion. The first and the last month " +
                "are cut to the range.");
        api.Get("/v1/statistics/forecast", Roles.SellerOrAdministrator, ForecastAsync, [Months, .. StatisticsQuery.Whose])
            .Named("statistics_forecast").Answers(200, typeof(ForecastDocument)).Describe(
                StatisticsRoutes.Tag,
                "Revenue forecast of the present book, by month and currency",
                "contracted: the next recurrence of every active or past due subscriber, net of the discounts that apply to it " +
                "and without usage and tax, in the month of its next renewal, repeated by its plan's interval as if everyone " +
                "stayed; plus the unpaid parts of invoices, in their months. Intervals in weeks or days repeat by their average " +
                "number in a month; those longer than a month repeat in the nearest month. Plans with a fixed number of " +
                "recurrences count only their next renewal, because the book does not have the number that is left. Left out are " +
                "trials, subscriptions waiting for their first payment, pauses, and subscriptions with a scheduled cancellation. " +
                "Scheduled plan changes do not count yet. The present month has only what is still to come in it. expected: " +
                "contracted × (1 − churn.monthly)^n in the n-th month after the present, with churn.monthly = 1 − (1 − " +
                "churn.rate)^(30/90) over the last 90 days, as in what-if simulations.");
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
