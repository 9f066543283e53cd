using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Gateway.Routes;

internal sealed class EventRoutes(CallersSubscriptions subscriptions, IJournal journal, PersonRendering persons) : IRouteGroup
{
    public void Map(ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/events", Roles.Everyone, ListAsync, PageParameters.HistoryLimit,
            PageParameters.Cursor)
            .Named("subscriptions_list_events").Answers(200, typeof(EventPage))
            .Describe("Subscriptions", "Lists what happened to a subscription, oldest first");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call, subscriptions);
        if (asked is null) return Answers.Problem(error!);
        var page = await journal.ReadEventsAsync(
            call.Id, new EventRange(asked.After, asked.Limit) { BytesMax = HistoryPage.BytesMax }, call.Aborted);
        var events = page.Events.Select(SubscriptionCodec.AsWrittenToday).ToList();
        var contents = await persons.RenderAsync(call.Id, [.. events.Select(stored => stored.Data)], call.Aborted);
        var data = events.Zip(contents, (stored, content) => new EventDocument(stored.Sequence, stored.Type, stored.At, content));
        var next = page.HasMore ? call.Query.NextCursor(page.Events[^1].Sequence) : null;
        return Answers.Json(StatusCodes.Status200OK, new EventPage([.. data], next), GatewayJson.Default.EventPage);
    }
}
