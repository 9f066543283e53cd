using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What is counted by name: why customers leave and payments fail, and what affiliates and co-producers bring.</summary>
internal static class StatisticsReasonRoutes
{
    private const int NamedRowsMax = 50_000;

    public static void MapReasonStatistics(this ApiRoutes api)
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

    private static async ValueTask<IResult> ReasonsAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var rows = await question.RowsAsync(ReasonFigures.Metrics, StatisticsStep.Month);
        if (rows.Count > NamedRowsMax) return Answers.Problem(TooMany);
        var shown = ReasonFigures.Sum(rows, await NamesAsync(call, rows), question.Period.Months());
        return Answers.Json(StatusCodes.Status200OK, new ReasonsList(shown), GatewayJson.Default.ReasonsList);
    }

    private static async ValueTask<IResult> AffiliatesAsync(ApiCall call)
    {
        if (await StatisticsQuery.ReadAsync(call) is not { } question) return Answers.Problem(call.Query.Error!);
        var rows = await question.RowsAsync(AffiliateFigures.Metrics, StatisticsStep.Range);
        if (rows.Count > NamedRowsMax) return Answers.Problem(TooMany);
        var shown = AffiliateFigures.Sum(rows, await NamesAsync(call, rows), question.Period);
        return Answers.Json(StatusCodes.Status200OK, new AffiliatesList(shown), GatewayJson.Default.AffiliatesList);
    }

    private static ApiError TooMany =>
        new(422, "too_many_rows", $"This would be more than {NamedRowsMax} counters; narrow it by a filter or fewer days.", "seller_id");

    private static ValueTask<IReadOnlyDictionary<int, string>> NamesAsync(ApiCall call, IReadOnlyList<StatisticRow> rows) =>
        call.Services.Statistics.FindNamesAsync([.. rows.Select(row => row.Slice!.Value).Distinct()], call.Aborted);
}
