using System.Collections.Concurrent;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Recurring revenue: how it moved, and what it will bring.</summary>
internal static class StatisticsRevenueRoutes
{
    private const int ForecastMonthsDefault = 12;
    private const int ForecastMonthsMax = 24;
    private const int PlanReadsAtOnce = 8;

    /// <summary>A renewal is late only for as long as nothing runs that would do it.</summary>
    private const int LateMonthsMax = 1;

    private static readonly QueryParameter Months = new("months", "integer", "How many calendar months, the present one first: 1 to 24, 12 unless told.");

    public static void MapRevenueStatistics(this ApiRoutes api)
    {
        api.Get("/v1/statistics/mrr-movements", Roles.SellerOrAdministrator, MovementsAsync, StatisticsQuestion.Parameters)
            .Answers(200, typeof(RevenueMovementsList)).Describe(
                StatisticsRoutes.Tag,
                "How monthly recurring revenue moved, by month and currency",
                "Monthly recurring revenue is the list price of all active and past due subscriptions, normalised to a month. start, new, " +
                "expansion, contraction, churn, reactivation, paused, resumed and moved add up to end exactly; what lowers it is negative. " +
                "The first and the last month are cut to what belongs to the range.");
        api.Get("/v1/statistics/forecast", Roles.SellerOrAdministrator, ForecastAsync, [Months, .. StatisticsQuestion.Whose])
            .Answers(200, typeof(ForecastDocument)).Describe(
                StatisticsRoutes.Tag,
                "What the standing book will bring, by month and currency",
                "contracted: every active or past due subscription's next recurrence at list price (no discounts, usage or tax), in the month of " +
                "its next renewal (UTC), repeated by its plan's interval as if everybody stayed on. Weeks and days repeat by their average number in a " +
                "month, or, when longer than one, in the nearest month. Plans with a fixed number of recurrences count their next renewal only, for how " +
                "many are left is not in the book. Trials, pauses and subscriptions that are to be cancelled are left out, scheduled plan changes do not " +
                "count yet, and the present month holds only what is still to come in it. expected: contracted × (1 − churn.monthly)^n in the n-th month " +
                "after the present, with churn.monthly = 1 − (1 − churn.rate)^(30/90) over the last 90 days; payments that fail for good are in it only " +
                "as far as they led to cancellations.");
    }

    private static async ValueTask<IResult> MovementsAsync(ApiCall call)
    {
        if (StatisticsQuestion.Read(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var rows = await question.RowsAsync(RevenueMovements.Metrics, StatisticsStep.Month);
        var shown = RevenueMovements.Sum(rows, question.Period.Months());
        return Answers.Json(StatusCodes.Status200OK, new RevenueMovementsList(shown), GatewayJson.Default.RevenueMovementsList);
    }

    private static async ValueTask<IResult> ForecastAsync(ApiCall call)
    {
        var months = call.Query.Integer("months", 1, ForecastMonthsMax, ForecastMonthsDefault);
        var filter = StatisticsQuestion.FilterOf(call);
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var today = StatisticsQuestion.Today(call);
        var churn = new StatisticsQuestion(call, RecentChurn.PeriodTo(today), filter);
        var figures = CancellationSeries.Sum(await churn.RowsAsync(CancellationFigures.Metrics, StatisticsStep.Range), [churn.Period])[0];

        // The book as it stands is the opening balance of tomorrow. What was renewed long ago is not asked for.
        var book = new StatisticsQuestion(call, new StatisticPeriod(today.PlusDays(1), today), filter with { SliceFrom = StatisticDelta.MonthOf(today) - LateMonthsMax });
        var rows = await book.RowsAsync(RevenueForecast.Metrics, StatisticsStep.Range, StatisticsGrouping.Plan);
        var plans = await PlansOfAsync(call, rows);
        var forecast = RevenueForecast.Project(rows, plans, new RecentChurn(churn.Period, figures), today, months);
        return Answers.Json(StatusCodes.Status200OK, forecast, GatewayJson.Default.ForecastDocument);
    }

    /// <summary>Plans never change, so each is read once in the life of the process.</summary>
    private static async ValueTask<IReadOnlyDictionary<string, Plan>> PlansOfAsync(ApiCall call, IReadOnlyList<StatisticRow> rows)
    {
        var plans = new ConcurrentDictionary<string, Plan>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = PlanReadsAtOnce, CancellationToken = call.Aborted };
        await Parallel.ForEachAsync(rows.Select(row => row.Group).Distinct(StringComparer.Ordinal), options, async (id, cancellationToken) =>
            plans[id] = await call.Services.Catalog.FindPlanAsync(id, cancellationToken)
                ?? throw new InvalidOperationException($"Plan '{id}' has a standing book, but is not stored."));
        return plans;
    }
}
