using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Figures that always equal a recomputation from the journal (see "Statistics" in the domain's README).</summary>
internal sealed class StatisticsRoutes(IStatisticsStore statistics, StatisticsCalendar calendar) : IRouteGroup
{
    public const string Tag = "Statistics";

    private static readonly QueryParameter GroupBy = new(
        "group_by", "string", "Groups the months by this.", Values: EnumNames<StatisticsGroup>.Names);

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/cancellations", Roles.SellerOrAdministrator, CancellationsAsync, StatisticsQuery.Parameters)
            .Named("statistics_cancellations").Answers(200, typeof(CancellationFiguresDocument))
            .Describe(Tag, "Cancellations, churn, lifetime and lifetime value");
        api.Get("/v1/statistics/cancellations/monthly", Roles.SellerOrAdministrator, MonthlyAsync,
            [.. StatisticsQuery.Parameters, GroupBy])
            .Named("statistics_cancellations_monthly").Answers(200, typeof(MonthlyCancellationsList))
            .Describe(Tag, "The same by month, and by product, plan or offer");
        api.Get("/v1/statistics/cancellations/origins", Roles.SellerOrAdministrator, OriginsAsync, StatisticsQuery.Parameters)
            .Named("statistics_cancellations_origins").Answers(200, typeof(OriginsList))
            .Describe(Tag, "Cancellations by month and by who canceled");
        api.Get("/v1/statistics/cancellations/daily", Roles.SellerOrAdministrator, DailyAsync, StatisticsQuery.Parameters)
            .Named("statistics_cancellations_daily").Answers(200, typeof(DailyList)).Describe(Tag, "New, canceled and current by day");
        api.Get("/v1/statistics/summary", Roles.SellerOrAdministrator, SummaryAsync, StatisticsQuery.Parameters)
            .Named("statistics_summary").Answers(200, typeof(SummaryDocument))
            .Describe(Tag, "Recurring revenue, counts, conversion, recovery, renewal, money");
    }

    private async ValueTask<IResult> CancellationsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var figures = await CancellationReport.ReadAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, CancellationFiguresDocument.Of(asked.Period, figures),
            GatewayJson.Default.CancellationFiguresDocument);
    }

    private async ValueTask<IResult> MonthlyAsync(ApiCall call)
    {
        var group = call.Query.Enum<StatisticsGroup>("group_by");
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var months = group is { } by
            ? await CancellationReport.ReadMonthsByGroupAsync(statistics, asked.Filter, asked.Period, GroupingOf(by), call.Aborted)
            : await CancellationReport.ReadMonthsAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return months is null
            ? Answers.Problem(TooMany)
            : Answers.Json(
                StatusCodes.Status200OK,
                new MonthlyCancellationsList([.. months.Select(month => MonthlyCancellationsDocument.Of(month, group))]),
                GatewayJson.Default.MonthlyCancellationsList);
    }

    private async ValueTask<IResult> OriginsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var months = await CancellationReport.ReadMonthsAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new OriginsList([.. months.Select(OriginsDocument.Of)]), GatewayJson.Default.OriginsList);
    }

    private async ValueTask<IResult> DailyAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var days = await CancellationReport.ReadDaysAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, new DailyList([.. days.Select(DailyDocument.Of)]), GatewayJson.Default.DailyList);
    }

    private async ValueTask<IResult> SummaryAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        var figures = await SummaryFigures.ReadAsync(statistics, asked.Filter, asked.Period, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, SummaryDocument.Of(figures), GatewayJson.Default.SummaryDocument);
    }

    private static ApiError TooMany => new(
        422, "too_many_rows",
        $"The answer would have more than {CancellationReport.GroupedRowsMax} rows; use a filter or fewer months.", "group_by");

    private static StatisticsGrouping GroupingOf(StatisticsGroup group) => group switch
    {
        StatisticsGroup.Product => StatisticsGrouping.Product,
        StatisticsGroup.Plan => StatisticsGrouping.Plan,
        StatisticsGroup.Offer => StatisticsGrouping.Offer,
        _ => throw new InvalidOperationException($"{group} is not known."),
    };
}
