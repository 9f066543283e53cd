using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Statistics counted by name: why customers leave and payments fail, and what affiliates and co-producers bring in.</summary>
internal sealed class StatisticsReasonRoutes(IStatisticsStore statistics, StatisticsCalendar calendar) : IRouteGroup
{
    public void Map(ApiRoutes api)
    {
        api.Get("/v1/statistics/reasons", Roles.SellerOrAdministrator, ReasonsAsync, StatisticsQuery.Parameters)
            .Named("statistics_reasons").Answers(200, typeof(ReasonsList)).Describe(
                StatisticsRoutes.Tag,
                "Why subscribers, trials and first payments were lost and payment attempts declined, by month",
                "Codes are counted in lower case, with at most 64 letters, digits and _ . : -; everything else is counted as " +
                "other. The first and the last month are cut to the range.");
        api.Get(
                "/v1/statistics/affiliates", Roles.PartyOrAdministrator, AffiliatesAsync,
                [
                    .. StatisticsQuery.Parameters,
                    QueryParameter.Id("party_id", "Only of this party. A partner gets its own without asking."),
                ])
            .Named("statistics_affiliates").Answers(200, typeof(AffiliatesList)).Describe(
                StatisticsRoutes.Tag,
                "What each affiliate and co-producer brought in, and how many activations were lost within 90 days",
                "Activations, and how many of them were lost within 90 days, count on the day on which the first period to be " +
                "paid began. Renewals count on the day on which they fell due. Activations younger than 90 days may still be " +
                "lost. An affiliate or co-producer sees what it brought in itself.");
    }

    private ValueTask<IResult> ReasonsAsync(ApiCall call) => AnswerAsync(
        call, ReasonReport.ReadAsync, months => new ReasonsList([.. months.Select(ReasonsDocument.Of)]), GatewayJson.Default.ReasonsList);

    private ValueTask<IResult> AffiliatesAsync(ApiCall call)
    {
        var partyId = CallerScope.PartyId(call, call.Query.Id("party_id"));
        return AnswerAsync(
            call,
            (store, filter, period, cancellationToken) =>
                AffiliateReport.ReadAsync(store, filter with { Name = partyId }, period, cancellationToken),
            parties => new AffiliatesList([.. parties.Select(AffiliateDocument.Of)]), GatewayJson.Default.AffiliatesList);
    }

    /// <summary>Shows a report, or an error if it has too many counters.</summary>
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
        422, "too_many_rows", $"The answer would have more than {NamedCounters.RowsMax} counters; use a filter or fewer days.",
        "seller_id");
}
