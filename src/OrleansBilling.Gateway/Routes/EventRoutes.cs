using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's history.</summary>
internal static class EventRoutes
{
    public static void MapEvents(this ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/events", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(EventPage)).Describe("Subscriptions", "Lists what happened to a subscription, oldest first");

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await SubscriptionRoutes.FindOwnAsync(call) is null) return Answers.Problem(ApiErrors.From(Refusal.NotFound));

        var page = await call.Services.Journal.ReadEventsAsync(call.Id, after, limit + 1, call.Aborted);
        var shown = page.Take(limit).Select(stored => new EventDocument(stored.Sequence, stored.Type, stored.At, new RawJson(stored.Data))).ToImmutableArray();
        var next = page.Count > limit ? Cursor.Encode(page[limit - 1].Sequence) : null;
        return Answers.Json(StatusCodes.Status200OK, new EventPage(shown, next), GatewayJson.Default.EventPage);
    }
}
