using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What is counted by name: why customers leave and payments fail, and what affiliates and co-producers bring.</summary>
internal sealed class StatisticsReasonRoutes(IStatisticsStore statistics, StatisticsCalendar calendar) : IRouteGroup
{
    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/reasons", Roles.SellerOrAdministrator, ReasonsAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(ReasonsList)).Describe(
                StatisticsRoutes.Tag,
                "Why subscribers, trials and first payments were lost, and attempts declined, by month",
                "Codes are counted in lower case, of at most 64 letters, digits and _ . : -; whatever else was said is other. The first and the last " +
                "month are cut to what belongs to the range.");
        api.Get("/v1/statistics/affiliates", Roles.SellerOrAdministrator, AffiliatesAsync, StatisticsQuery.Parameters)
            .Answers(200, typeof(AffiliatesList)).Describe(
                StatisticsRoutes.Tag,
                "What each affiliate and co-producer brought, and how much of it was soon lost",
                "Activations, and how many of them were lost within 90 days, belong to the day on which the first period to be paid began; renewals to the " +
                "day on which they fell due. What is younger than 90 days may still be lost.");
    }

    private ValueTask<IResult> ReasonsAsync(ApiCall call) => AnswerAsync(
        call, ReasonReport.ReadAsync, months => new ReasonsList([.. months.Select(ReasonsDocument.Of)]), GatewayJson.Default.ReasonsList);

    private ValueTask<IResult> AffiliatesAsync(ApiCall call) => AnswerAsync(
        call, AffiliateReport.ReadAsync, parties => new AffiliatesList([.. parties.Select(AffiliateDocument.Of)]),
        GatewayJson.Default.AffiliatesList);

    /// <summary>Shows a report, unless it has too many counters; then there is none.</summary>
    private async ValueTask<IResult> AnswerAsync<TReport, TList>(
        ApiCall call, Func<IStatisticsStore, StatisticsFilter, StatisticPeriod, CancellationToken, ValueTask<TReport?>> readAsync,
        Func<TReport, TList> show, JsonTypeInfo<TList> type)
        where TReport : class
    {
        if (await StatisticsQuery.ReadAsync(call, calendar) is not { } asked) return Answers.Problem(call.Query.Error!);
        return await readAsync(statistics, asked.Filter, asked.Period, call.Aborted) is { } report
            ? Answers.Json(StatusCodes.Status200OK, show(report), type)
            : Answers.Problem(TooMany);
    }

    private static ApiError TooMany => new(
        422, "too_many_rows", $"This would be more than {NamedCounters.RowsMax} counters; narrow it by a filter or fewer days.",
        "seller_id");
}
