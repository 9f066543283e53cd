using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Shows what was used in a period, and how each usage event was taken.</summary>
internal sealed class UsageRoutes(CallersSubscriptions subscriptions, UsageReader usage) : IRouteGroup
{
    private static readonly QueryParameter Period = new(
        "period", "integer",
        "The index of the period; the current or last one by default. 0 is the time before the first period, such as a trial.")
    {
        Rule = new BoundsAttribute(UsageReader.BeforePeriods, int.MaxValue),
    };

    public void Map(ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/usage", Roles.Everyone, GetAsync, Period, PageParameters.Limit, PageParameters.Cursor)
            .Named("subscriptions_get_usage").Answers(200, typeof(PeriodUsageDocument)).Describe(
                "Subscriptions", "Shows the usage of a period by meter, and its events",
                "An event belongs to the period in which it came; one that happened before it is late. The events are listed in the " +
                "order in which they came.");

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        var (asked, after) = (call.Query.Integer("period", UsageReader.BeforePeriods, int.MaxValue, -1), PlaceIn(call.Query));
        var limit = call.Query.Limit();
        if (after is { } place && asked >= 0 && asked != place.Period) call.Query.FailCursor();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await subscriptions.FindAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var index = after?.Period ?? (asked < 0 ? null : asked);
        if (await usage.FindAsync(view, index, call.Aborted) is not { } period) return Answers.Problem(ApiErrors.NotFound("period"));
        var found = await usage.ReadEventsAsync(call.Id, period, after?.Last, limit + 1, call.Aborted);
        var next = found.Count > limit ? CursorAfter(period.Index, found[limit - 1].Position) : null;
        return Answers.Json(
            StatusCodes.Status200OK,
            PeriodUsageDocument.From(period, [.. found.Take(limit).Select(one => UsageEventDocument.From(one, period.Index))], next),
            GatewayJson.Default.PeriodUsageDocument);
    }

    private static string CursorAfter(int period, UsagePosition last) =>
        Cursor.Encode(string.Create(CultureInfo.InvariantCulture, $"u{period}.{last.Sequence}.{last.Number}"));

    private static UsagePlace? PlaceIn(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        var parts = position.Split('.');
        if (parts.Length == 3 && parts[0].StartsWith('u') && TryParse(parts[0][1..], int.MaxValue, out var period) &&
            TryParse(parts[1], long.MaxValue - 1, out var sequence) && TryParse(parts[2], int.MaxValue, out var number))
            return new UsagePlace((int)period, new UsagePosition(sequence, (int)number));
        query.FailCursor();
        return null;
    }

    private static bool TryParse(string text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    /// <summary>Where a page continues.</summary>
    private readonly record struct UsagePlace(int Period, UsagePosition Last);
}
