using System.Collections.Frozen;
using System.Text.Json;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What was sent to an endpoint, test events, and replays.</summary>
internal sealed class WebhookDeliveryRoutes(
    IWebhookStore webhooks, IWebhookWire wire, CallersEndpoints callers, EventRendering rendering, IEventFeed feed, FeedPositions positions,
    Authenticator authenticator, Ids ids) : IRouteGroup
{
    private const string Tag = "Webhooks";

    private static readonly ApiError Replaying = new(
        409, "replay_running", "An earlier replay of this endpoint is not over yet.");

    public void Map(ApiRoutes api)
    {
        api.Get(
                "/v1/webhook-endpoints/{id}/deliveries", Roles.SellerOrAdministrator, ListAsync,
                new QueryParameter(
                    "status", "string",
                    "Only in these statuses, separated by commas: " + string.Join(", ", EnumNames<WebhookDeliveryStatus>.Names) + "."),
                new QueryParameter("created_from", "string", "Only events that happened at this instant or later.", "date-time"),
                new QueryParameter("created_to", "string", "Only events that happened before this instant.", "date-time"),
                PageParameters.HistoryLimit, PageParameters.Cursor)
            .Named("webhook_endpoints_list_deliveries").Answers(200, typeof(WebhookDeliveryPage)).Describe(
                Tag, "Lists what was sent to an endpoint, and what waits for it, the newest event first",
                "Deliveries that ended are kept for 90 days, unless the installation has another setting.");
        api.Post(
                "/v1/webhook-endpoints/{id}/test", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody, TestAsync,
                SubscriptionCommandRoutes.Nothing)
            .Named("webhook_endpoints_test").Answers(200, typeof(WebhookTestDocument)).Describe(
                Tag, "Sends a test event now and tells what came of it", "It is signed like any event, and its type is endpoint.test.");
        api.Post(
                "/v1/webhook-endpoints/{id}/replay", Roles.SellerOrAdministrator, GatewayJson.Default.WebhookReplayBody, ReplayAsync,
                new WebhookReplayBody())
            .Named("webhook_endpoints_replay").Answers(202, typeof(WebhookReplayDocument)).Describe(
                Tag, "Sends past events again, with their ids of before",
                "They are sent in order, beside new events. A receiver that has seen an event knows it by its id.");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var statuses = call.Query.EnumList<WebhookDeliveryStatus>("status");
        var (from, to) = call.Query.Created();
        var before = call.Query.CursorNumber() ?? long.MaxValue;
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        bool? isDelivered = statuses is [var only] ? only == WebhookDeliveryStatus.Delivered : null;
        var after = from is { } first ? await positions.FindBeforeAsync(first, call.Aborted) : 0;
        if (to is { } end) before = Math.Min(before, await positions.FindBeforeAsync(end, call.Aborted) + 1);
        var found = await webhooks.ListDeliveriesAsync(endpoint.Id, isDelivered, after, before, limit + 1, call.Aborted);
        var shown = found.Take(limit).ToList();

        // The history of a subscription is read forward, and this list goes back.
        var requests = await rendering.ReadAsync([.. shown.Select(delivery => delivery.Event).Reverse()], call.Aborted);
        var next = found.Count > limit ? call.Query.NextCursor(shown[^1].Event.Position) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new WebhookDeliveryPage([.. shown.Zip(requests.Reverse(), DocumentOf)], next),
            GatewayJson.Default.WebhookDeliveryPage);
    }

    private async ValueTask<IResult> TestAsync(ApiCall call, EmptyBody body)
    {
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        var id = ids.New("evt_test_", call.Tenant, call.Key);
        var content = new WebhookTestEvent(
            id, "endpoint.test", null, null, endpoint.SellerId, authenticator.Now, EventRendering.ApiVersion,
            new FeedDataDocument(null, null, WebhookEndpointDocument.From(endpoint)));
        var json = JsonSerializer.SerializeToUtf8Bytes(content, GatewayJson.Default.WebhookTestEvent);
        using var wait = call.TryWait();
        if (wait is null) return Answers.Problem(RequestWait.TooMany());
        var sent = new RenderedEvent(id, json);
        var attempt = await wait.WaitAsync(() => wire.SendAsync(endpoint, sent, call.Aborted).AsTask(), call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, new WebhookTestDocument(attempt.IsTaken, attempt.Status, attempt.Milliseconds, attempt.Fault),
            GatewayJson.Default.WebhookTestDocument);
    }

    private async ValueTask<IResult> ReplayAsync(ApiCall call, WebhookReplayBody body)
    {
        var check = new Check();
        check.Id(body.SubscriptionId, "subscription_id");
        CallersEndpoints.CheckTypes(ref check, body.Types);
        if (body.To <= body.From) check.Fail(new ApiError(422, "out_of_range", "to must be after from.", "to"));
        if (check.Error is { } error) return Answers.Problem(error);
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        if (!call.Expects(endpoint.Version)) return Answers.Problem(CallersEndpoints.Outdated);
        var after = body.From is { } from ? await positions.FindBeforeAsync(from, call.Aborted) : 0;
        var through = body.To is { } to ? await positions.FindBeforeAsync(to, call.Aborted) : await feed.ReadLastAsync(call.Aborted);
        var replay = new WebhookReplay(after, through)
        {
            SubscriptionId = body.SubscriptionId, Types = body.Types?.ToFrozenSet(),
        };
        if (after < through && !await webhooks.ReplayAsync(endpoint.Id, replay, call.Aborted)) return Answers.Problem(Replaying);
        return Answers.Json(
            StatusCodes.Status202Accepted,
            new WebhookReplayDocument(endpoint.Id, body.From, body.To, body.SubscriptionId, body.Types),
            GatewayJson.Default.WebhookReplayDocument);
    }

    private static WebhookDeliveryDocument DocumentOf(WebhookDelivery delivery, FeedEventDocument? request)
    {
        var fed = delivery.Event.Event;
        return new WebhookDeliveryDocument(
            fed.Type, delivery.Event.SubscriptionId, delivery.Event.IsOfEndpoint ? null : fed.Sequence,
            delivery.IsDelivered ? WebhookDeliveryStatus.Delivered : WebhookDeliveryStatus.Waiting, delivery.Attempts, delivery.LastAt,
            delivery.NextAt, delivery.Status, delivery.Milliseconds, delivery.Fault, request);
    }
}
