using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Figures that equal a recomputation of the journal at every instant (DESIGN section 8).</summary>
internal static class StatisticsRoutes
{
    private const string Tag = "Statistics";
    private const int RangeDaysMax = 3_660;
    private const int RangeDaysDefault = 30;
    private const int GroupedRowsMax = 10_000;

    private static readonly QueryParameter[] Common =
    [
        new("from", "string", "First day (UTC); 30 days up to the last one unless told.", "date"),
        new("to", "string", "Last day (UTC), included; today unless told.", "date"),
        new("seller_id", "string", "Only of this seller."),
        new("product_id", "string", "Only of this product."),
        new("plan_id", "string", "Only of this plan."),
        new("offer_id", "string", "Only of this offer."),
    ];

    private static readonly QueryParameter GroupBy = new("group_by", "string", "Breaks the months down.", Values: EnumNames<StatisticsGroup>.Names);

    public static void MapStatistics(this ApiRoutes api)
    {
        api.Get("/v1/statistics/cancellations", Roles.SellerOrAdministrator, CancellationsAsync, Common)
            .Answers(200, typeof(CancellationFiguresDocument)).Describe(Tag, "Cancellations, churn, lifetime and lifetime value");
        api.Get("/v1/statistics/cancellations/monthly", Roles.SellerOrAdministrator, MonthlyAsync, [.. Common, GroupBy])
            .Answers(200, typeof(MonthlyCancellationsList)).Describe(Tag, "The same by month, and by product, plan or offer");
        api.Get("/v1/statistics/cancellations/origins", Roles.SellerOrAdministrator, OriginsAsync, Common)
            .Answers(200, typeof(OriginsList)).Describe(Tag, "Cancellations by month and by who cancelled");
        api.Get("/v1/statistics/cancellations/daily", Roles.SellerOrAdministrator, DailyAsync, Common)
            .Answers(200, typeof(DailyList)).Describe(Tag, "New, cancelled and current by day");
        api.Get("/v1/statistics/summary", Roles.SellerOrAdministrator, SummaryAsync, Common)
            .Answers(200, typeof(SummaryDocument)).Describe(Tag, "Recurring revenue, counts, conversion, recovery, renewal, money");
    }

    private static async ValueTask<IResult> CancellationsAsync(ApiCall call)
    {
        if (!TryAsk(call, out var period, out var filter)) return Answers.Problem(call.Query.Error!);
        var rows = await ReadAsync(call, filter, period, StatisticsGrouping.None);
        var figures = CancellationSeries.Sum(rows, [period])[0];
        return Answers.Json(StatusCodes.Status200OK, CancellationDocuments.Figures(period, figures), GatewayJson.Default.CancellationFiguresDocument);
    }

    private static async ValueTask<IResult> MonthlyAsync(ApiCall call)
    {
        var group = call.Query.Enum<StatisticsGroup>("group_by");
        if (!TryAsk(call, out var period, out var filter)) return Answers.Problem(call.Query.Error!);
        var months = period.Months();
        var rows = await ReadAsync(call, filter, period, GroupingOf(group));
        if (group is not null && rows.Select(row => row.Group).Distinct(StringComparer.Ordinal).Take((GroupedRowsMax / months.Count) + 1).Count() * months.Count > GroupedRowsMax)
            return Answers.Problem(new ApiError(422, "too_many_rows", $"This would be more than {GroupedRowsMax} rows; narrow it by a filter or fewer months.", "group_by"));

        ImmutableArray<MonthlyCancellationsDocument> shown = group is null
            ? [.. Show(CancellationSeries.Sum(rows, months), document => document)]
            : [.. CancellationSeries.SumByGroup(rows, months).SelectMany(pair => Show(pair.Figures, document => WithGroup(document, group.Value, pair.Group)))];
        return Answers.Json(StatusCodes.Status200OK, new MonthlyCancellationsList(shown), GatewayJson.Default.MonthlyCancellationsList);

        IEnumerable<MonthlyCancellationsDocument> Show(CancellationFigures[] figures, Func<MonthlyCancellationsDocument, MonthlyCancellationsDocument> with) =>
            months.Select((month, n) => with(new MonthlyCancellationsDocument(CancellationDocuments.Figures(month, figures[n]), month.Month)));
    }

    private static async ValueTask<IResult> OriginsAsync(ApiCall call)
    {
        if (!TryAsk(call, out var period, out var filter)) return Answers.Problem(call.Query.Error!);
        var months = period.Months();
        var figures = CancellationSeries.Sum(await ReadAsync(call, filter, period, StatisticsGrouping.None), months);
        var shown = months.Select((month, n) => CancellationDocuments.Origins(month, figures[n])).ToImmutableArray();
        return Answers.Json(StatusCodes.Status200OK, new OriginsList(shown), GatewayJson.Default.OriginsList);
    }

    private static async ValueTask<IResult> DailyAsync(ApiCall call)
    {
        if (!TryAsk(call, out var period, out var filter)) return Answers.Problem(call.Query.Error!);
        var days = period.Days();
        var figures = CancellationSeries.Sum(await ReadAsync(call, filter, period, StatisticsGrouping.None), days);
        var shown = days.Select((day, n) => CancellationDocuments.Daily(day, figures[n])).ToImmutableArray();
        return Answers.Json(StatusCodes.Status200OK, new DailyList(shown), GatewayJson.Default.DailyList);
    }

    private static async ValueTask<IResult> SummaryAsync(ApiCall call)
    {
        if (!TryAsk(call, out var period, out var filter)) return Answers.Problem(call.Query.Error!);
        var rows = await ReadAsync(call, filter, period, StatisticsGrouping.None);
        return Answers.Json(StatusCodes.Status200OK, SummaryFigures.Sum(rows, period), GatewayJson.Default.SummaryDocument);
    }

    private static ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(ApiCall call, StatisticsFilter filter, StatisticPeriod period, StatisticsGrouping grouping) =>
        call.Services.Statistics.ReadAsync(filter, period.FromDay, period.ToDay, grouping, call.Aborted);

    private static bool TryAsk(ApiCall call, out StatisticPeriod period, out StatisticsFilter filter)
    {
        var query = call.Query;
        var to = query.Date("to") ?? call.Services.Clock.GetCurrentInstant().InUtc().Date;
        var from = query.Date("from") ?? to.PlusDays(1 - RangeDaysDefault);
        filter = new StatisticsFilter
        {
            SellerId = Own.SellerId(call, query.Id("seller_id")),
            ProductId = query.Id("product_id"),
            PlanId = query.Id("plan_id"),
            OfferId = query.Id("offer_id"),
        };
        if (from > to) query.Fail(new ApiError(422, "out_of_range", "from must not lie behind to.", "from"));
        else if (Period.DaysBetween(from, to) >= RangeDaysMax) query.Fail(new ApiError(422, "out_of_range", "from and to may span 3,660 days at most.", "from"));
        period = new StatisticPeriod(from, to);
        return query.Error is null;
    }

    private static StatisticsGrouping GroupingOf(StatisticsGroup? group) => group switch
    {
        null => StatisticsGrouping.None,
        StatisticsGroup.Product => StatisticsGrouping.Product,
        StatisticsGroup.Plan => StatisticsGrouping.Plan,
        StatisticsGroup.Offer => StatisticsGrouping.Offer,
        _ => throw new InvalidOperationException($"{group} is not known."),
    };

    private static MonthlyCancellationsDocument WithGroup(MonthlyCancellationsDocument document, StatisticsGroup group, string id) => group switch
    {
        StatisticsGroup.Product => document with { ProductId = id },
        StatisticsGroup.Plan => document with { PlanId = id },
        StatisticsGroup.Offer => document with { OfferId = id },
        _ => throw new InvalidOperationException($"{group} is not known."),
    };
}
