using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Figures that equal a recomputation of the journal at every instant (see "Statistics" in the domain's README).</summary>
internal static class StatisticsRoutes
{
    public const string Tag = "Statistics";
    private const int GroupedRowsMax = 10_000;

    private static readonly QueryParameter GroupBy = new(
        "group_by", "string", "Breaks the months down.", Values: EnumNames<StatisticsGroup>.Names);

    public static void MapStatistics(this ApiRoutes api)
    {
        api.MapRevenueStatistics();
        api.MapRetentionStatistics();
        api.MapReasonStatistics();
        api.Get("/v1/statistics/cancellations", Roles.SellerOrAdministrator, CancellationsAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(CancellationFiguresDocument)).Describe(Tag, "Cancellations, churn, lifetime and lifetime value");
        api.Get("/v1/statistics/cancellations/monthly", Roles.SellerOrAdministrator, MonthlyAsync,
            [.. StatisticsQuery.Parameters, GroupBy])
            .Answers(200, typeof(MonthlyCancellationsList)).Describe(Tag, "The same by month, and by product, plan or offer");
        api.Get("/v1/statistics/cancellations/origins", Roles.SellerOrAdministrator, OriginsAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(OriginsList)).Describe(Tag, "Cancellations by month and by who canceled");
        api.Get("/v1/statistics/cancellations/daily", Roles.SellerOrAdministrator, DailyAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(DailyList)).Describe(Tag, "New, canceled and current by day");
        api.Get("/v1/statistics/summary", Roles.SellerOrAdministrator, SummaryAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(SummaryDocument)).Describe(Tag, "Recurring revenue, counts, conversion, recovery, renewal, money");
    }

    private static async ValueTask<IResult> CancellationsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var rows = await question.RowsAsync(CancellationFigures.Metrics, StatisticsStep.Range);
        var figures = CancellationSeries.Sum(rows, [question.Period])[0];
        return Answers.Json(
            StatusCodes.Status200OK, CancellationDocuments.Figures(question.Period, figures),
            GatewayJson.Default.CancellationFiguresDocument);
    }

    private static async ValueTask<IResult> MonthlyAsync(ApiCall call)
    {
        var group = call.Query.Enum<StatisticsGroup>("group_by");
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var months = question.Period.Months();
        if (group is not null && await CountGroupsAsync(question, GroupingOf(group)) * months.Count > GroupedRowsMax)
            return Answers.Problem(
                new ApiError(
                    422, "too_many_rows", $"This would be more than {GroupedRowsMax} rows; narrow it by a filter or fewer months.",
                    "group_by"));
        var rows = await question.RowsAsync(CancellationFigures.Metrics, StatisticsStep.Month, GroupingOf(group));

        ImmutableArray<MonthlyCancellationsDocument> shown = group is null
            ? [.. Show(CancellationSeries.Sum(rows, months), document => document)]
            : [.. CancellationSeries.SumByGroup(rows, months)
                .SelectMany(pair => Show(pair.Figures, document => WithGroup(document, group.Value, pair.Group)))];
        return Answers.Json(StatusCodes.Status200OK, new MonthlyCancellationsList(shown), GatewayJson.Default.MonthlyCancellationsList);

        IEnumerable<MonthlyCancellationsDocument> Show(
            CancellationFigures[] figures, Func<MonthlyCancellationsDocument, MonthlyCancellationsDocument> with) =>
            months.Select(
                (month, n) => with(new MonthlyCancellationsDocument(CancellationDocuments.Figures(month, figures[n]), month.Month)));
    }

    private static async ValueTask<IResult> OriginsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var months = question.Period.Months();
        var figures = CancellationSeries.Sum(await question.RowsAsync(CancellationFigures.Metrics, StatisticsStep.Month), months);
        var shown = months.Select((month, n) => CancellationDocuments.Origins(month, figures[n])).ToImmutableArray();
        return Answers.Json(StatusCodes.Status200OK, new OriginsList(shown), GatewayJson.Default.OriginsList);
    }

    private static async ValueTask<IResult> DailyAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var days = question.Period.Days();
        var figures = CancellationSeries.Sum(await question.RowsAsync(CancellationFigures.Metrics, StatisticsStep.Day), days);
        var shown = days.Select((day, n) => CancellationDocuments.Daily(day, figures[n])).ToImmutableArray();
        return Answers.Json(StatusCodes.Status200OK, new DailyList(shown), GatewayJson.Default.DailyList);
    }

    private static async ValueTask<IResult> SummaryAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var rows = await question.RowsAsync(SummaryFigures.Metrics, StatisticsStep.Range);
        return Answers.Json(StatusCodes.Status200OK, SummaryFigures.Sum(rows, question.Period), GatewayJson.Default.SummaryDocument);
    }

    /// <summary>How many groups there are, from the least that tells; whoever was there came or went once.</summary>
    private static async ValueTask<int> CountGroupsAsync(StatisticsQuery question, StatisticsGrouping grouping)
    {
        var rows = await question.RowsAsync(
            [StatisticMetric.New, StatisticMetric.TrialsLost, StatisticMetric.NeverPaid], StatisticsStep.Range, grouping);
        return rows.Select(row => row.Group).Distinct(StringComparer.Ordinal).Count();
    }

    private static StatisticsGrouping GroupingOf(StatisticsGroup? group) => group switch
    {
        null => StatisticsGrouping.None,
        StatisticsGroup.Product => StatisticsGrouping.Product,
        StatisticsGroup.Plan => StatisticsGrouping.Plan,
        StatisticsGroup.Offer => StatisticsGrouping.Offer,
        _ => throw new InvalidOperationException($"{group} is not known."),
    };

    private static MonthlyCancellationsDocument WithGroup(MonthlyCancellationsDocument document, StatisticsGroup group, string id) =>
        group switch
    {
        StatisticsGroup.Product => document with { ProductId = id },
        StatisticsGroup.Plan => document with { PlanId = id },
        StatisticsGroup.Offer => document with { OfferId = id },
        _ => throw new InvalidOperationException($"{group} is not known."),
    };
}
