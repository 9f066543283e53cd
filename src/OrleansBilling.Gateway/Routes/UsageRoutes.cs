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
        var (asked, after) = (call.Query.Integer("period", UsageReader.BeforePeriods, int.MaxValue, -1), UsageCursor.Read(call.Query));
        var limit = call.Query.Limit();
        if (after is not null && asked >= 0 && asked != after.Period) call.Query.FailCursor();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await subscriptions.FindAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        if (await FindAsync(view, asked, after, call) is not { } period)
            return Answers.Problem(call.Query.Error ?? ApiErrors.NotFound("period"));
        var found = await usage.ReadEventsAsync(call.Id, period, after?.Last, limit + 1, call.Aborted);
        var next = found.Count > limit ? UsageCursor.Of(call.Query, period.After(found[limit - 1].Position)) : null;
        return Answers.Json(
            StatusCodes.Status200OK,
            PeriodUsageDocument.From(period, [.. found.Take(limit).Select(one => UsageEventDocument.From(one, period.Index))], next),
            GatewayJson.Default.PeriodUsageDocument);
    }

    /// <summary>The period that is asked for, or the one that the cursor carries: all pages show the same version of it.</summary>
    private async ValueTask<UsagePeriod?> FindAsync(SubscriptionView view, int asked, UsagePlace? after, ApiCall call)
    {
        if (after is null || after.Stretches.IsEmpty)
            return await usage.FindAsync(view, after?.Period ?? (asked < 0 ? null : asked), call.Aborted);
        var period = await usage.ContinueAsync(view, after, call.Aborted);
        if (period is null) call.Query.FailCursor();
        return period;
    }
}
