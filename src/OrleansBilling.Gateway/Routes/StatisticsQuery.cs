using NodaTime;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Whose statistics are asked for, and of which days.</summary>
internal sealed record StatisticsQuery(StatisticsFilter Filter, StatisticPeriod Period)
{
    private const int RangeDaysMax = 3_660;
    private const int RangeDaysDefault = 30;

    /// <summary>Whose.</summary>
    public static readonly QueryParameter[] Whose =
    [
        new("seller_id", "string", "Only of this seller."),
        new("product_id", "string", "Only of this product."),
        new("plan_id", "string", "Only of this plan."),
        new("offer_id", "string", "Only of this offer."),
    ];

    /// <summary>Of which days, and whose.</summary>
    public static readonly QueryParameter[] Parameters =
    [
        new("from", "string", "First day, in each product's own time zone; 30 days up to the last one unless told.", "date"),
        new("to", "string", "Last day, included; today unless told, in the zone of the one product that is asked about, or else of UTC.",
            "date"),
        .. Whose,
    ];

    /// <summary>The question; null when something is wrong with it, which the query then tells.</summary>
    public static ValueTask<StatisticsQuery?> ReadAsync(ApiCall call, StatisticsCalendar calendar) =>
        ReadAsync(call, calendar, to => to.PlusDays(1 - RangeDaysDefault));

    /// <summary>The same with another first day where none is given, as it follows from the last one.</summary>
    public static async ValueTask<StatisticsQuery?> ReadAsync(
        ApiCall call, StatisticsCalendar calendar, Func<LocalDate, LocalDate> otherwiseFrom)
    {
        var query = call.Query;
        var filter = FilterOf(call);
        var to = query.Date("to") ?? await calendar.TodayAsync(filter, call.Aborted);
        var from = query.Date("from") ?? otherwiseFrom(to);
        if (from > to) query.Fail(new ApiError(422, "out_of_range", "from must not lie behind to.", "from"));
        else if (NodaTime.Period.DaysBetween(from, to) >= RangeDaysMax)
            query.Fail(new ApiError(422, "out_of_range", "from and to may span 3,660 days at most.", "from"));
        return query.Error is null ? new StatisticsQuery(filter, new StatisticPeriod(from, to)) : null;
    }

    /// <summary>Whose statistics the caller asks for and may see.</summary>
    public static StatisticsFilter FilterOf(ApiCall call) => new()
    {
        SellerId = CallerScope.SellerId(call, call.Query.Id("seller_id")),
        ProductId = call.Query.Id("product_id"),
        PlanId = call.Query.Id("plan_id"),
        OfferId = call.Query.Id("offer_id"),
    };
}
