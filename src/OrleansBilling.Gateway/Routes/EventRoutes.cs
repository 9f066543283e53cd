using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's history.</summary>
internal static class EventRoutes
{
    public static void MapEvents(this ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/events", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(EventPage)).Describe("Subscriptions", "Lists what happened to a subscription, oldest first");

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call);
        if (asked is null) return Answers.Problem(error!);
        var events = await call.Services.Journal.ReadEventsAsync(call.Id, asked.After, asked.Limit + 1, call.Aborted);
        var isCustomer = call.Caller.Role == Role.Customer;
        var (data, next) = asked.Cut(
            events.Select(SubscriptionCodec.WithUniqueNames), stored => new EventDocument(stored.Sequence, stored.Type, stored.At, new RawJson(isCustomer ? EventPrivacy.ForCustomer(stored.Data) : stored.Data)), stored => stored.Sequence);
        return Answers.Json(StatusCodes.Status200OK, new EventPage(data, next), GatewayJson.Default.EventPage);
    }
}
