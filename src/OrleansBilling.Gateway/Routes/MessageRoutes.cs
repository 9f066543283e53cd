using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Outgoing messages. They are read, delivered and only then removed, so that each is delivered at least once. Removing a
/// message twice changes nothing, with or without a key.
/// </summary>
internal sealed class MessageRoutes(IOutbox outbox, PersonRendering persons) : IRouteGroup
{
    private const string Tag = "Messages";

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/messages", Roles.SellerOrAdministrator, ListAsync, PageParameters.Limit, PageParameters.Cursor)
            .Named("messages_list").Answers(200, typeof(MessageList)).Describe(Tag, "Lists messages waiting for delivery, oldest first");
        api.Post("/v1/messages/remove", Roles.SellerOrAdministrator, GatewayJson.Default.RemoveMessagesBody, RemoveAsync)
            .Named("messages_remove").Answers(200, typeof(MessagesRemovedDocument)).Describe(Tag, "Removes delivered messages");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber() ?? 0;
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var found = await outbox.ReadAsync(SellerOf(call.Caller), after, limit + 1, call.Aborted);
        var waiting = found.Take(limit).ToList();
        var next = found.Count > limit ? call.Query.NextCursor(waiting[^1].Position) : null;
        var data = await persons.RenderAsync(null, [.. waiting.Select(stored => stored.Message.Data)], call.Aborted);
        var shown = waiting.Zip(data, MessageDocument.From);
        return Answers.Json(StatusCodes.Status200OK, new MessageList([.. shown], next), GatewayJson.Default.MessageList);
    }

    private async ValueTask<IResult> RemoveAsync(ApiCall call, RemoveMessagesBody body)
    {
        var check = new Check();
        check.List(body.Positions, "positions", 1, IOutbox.PageMax);
        if (check.Error is { } error) return Answers.Problem(error);
        var removed = await outbox.RemoveAsync(SellerOf(call.Caller), body.Positions, call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, new MessagesRemovedDocument(removed), GatewayJson.Default.MessagesRemovedDocument);
    }

    /// <summary>Null means all sellers.</summary>
    private static string? SellerOf(Caller caller) => caller.Role == Role.Seller ? caller.Id : null;
}
