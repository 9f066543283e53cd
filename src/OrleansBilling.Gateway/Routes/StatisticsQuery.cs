using NodaTime;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A question for statistics: about what, and for which days.</summary>
internal sealed record StatisticsQuery(StatisticsFilter Filter, StatisticPeriod Period)
{
    private const int RangeDaysMax = 3_660;
    private const int RangeDaysDefault = 30;

    /// <summary>The parameters that choose what the statistics are about.</summary>
    public static readonly QueryParameter[] Whose =
    [
        QueryParameter.Id("seller_id", "Only of this seller."),
        QueryParameter.Id("product_id", "Only of this product."),
        QueryParameter.Id("plan_id", "Only of this plan."),
        QueryParameter.Id("offer_id", "Only of this offer."),
    ];

    /// <summary>The parameters that choose the days and what the statistics are about.</summary>
    public static readonly QueryParameter[] Parameters =
    [
        new("from", "string", "First day, in each product's own time zone. The default covers 30 days up to the last day.", "date"),
        new("to", "string",
            "Last day, included. The default is today, in UTC; with product_id, plan_id or offer_id, in the product's time zone.", "date"),
        .. Whose,
    ];

    /// <summary>The question; null if something is wrong with it, and then the query has the error.</summary>
    public static ValueTask<StatisticsQuery?> ReadAsync(ApiCall call, StatisticsCalendar calendar) =>
        ReadAsync(call, calendar, to => to.PlusDays(1 - RangeDaysDefault));

    /// <summary>The same with another default for the first day, computed from the last one.</summary>
    public static async ValueTask<StatisticsQuery?> ReadAsync(
        ApiCall call, StatisticsCalendar calendar, Func<LocalDate, LocalDate> otherwiseFrom)
    {
        var query = call.Query;
        var filter = FilterOf(call);
        var to = query.Date("to") ?? await calendar.TodayAsync(filter, call.Aborted);
        var from = query.Date("from") ?? otherwiseFrom(to);
        if (from > to) query.Fail(new ApiError(422, "out_of_range", "from must not be after to.", "from"));
        else if (NodaTime.Period.DaysBetween(from, to) >= RangeDaysMax)
            query.Fail(new ApiError(422, "out_of_range", "from and to may span at most 3,660 days.", "from"));
        return query.Error is null ? new StatisticsQuery(filter, new StatisticPeriod(from, to)) : null;
    }

    /// <summary>What the caller asks about, narrowed to what it may see.</summary>
    public static StatisticsFilter FilterOf(ApiCall call) => new()
    {
        SellerId = CallerScope.SellerId(call, call.Query.Id("seller_id")),
        ProductId = call.Query.Id("product_id"),
        PlanId = call.Query.Id("plan_id"),
        OfferId = call.Query.Id("offer_id"),
    };
}
