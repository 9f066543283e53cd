using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Messages between the customer and the seller. Sending is a command of the subscription, which remembers its idempotency key and
/// whose event has its place in the history. The text is read from its own row.
/// </summary>
internal sealed class SubscriptionMessageRoutes(
    CommandRunner commands, CallersSubscriptions subscriptions, ISubscriptionMessages messages, Ids ids) : IRouteGroup
{
    private static readonly CommandResult.Unavailable NotShown = new(
        "unknown", "The message was sent, but the database did not show it; repeat with the same Idempotency-Key.");

    public void Map(ApiRoutes api)
    {
        var path = SubscriptionCommandRoutes.Path("messages");
        api.Post(path, Roles.Everyone, GatewayJson.Default.SubscriptionMessageBody, SendAsync)
            .Named("subscriptions_send_message").Answers(201, typeof(SubscriptionMessageDocument)).Describe(
                SubscriptionCommandRoutes.Tag, "Sends a message between the customer and the seller",
                "In every status, also after the end. A subscription may have at most 1,000 messages.");
        api.Get(path, Roles.Everyone, ListAsync, PageParameters.HistoryLimit, PageParameters.Cursor)
            .Named("subscriptions_list_messages").Answers(200, typeof(SubscriptionMessagePage))
            .Describe(SubscriptionCommandRoutes.Tag, "Lists the messages between the customer and the seller, oldest first");
    }

    private async ValueTask<IResult> SendAsync(ApiCall call, SubscriptionMessageBody body)
    {
        var check = new Check();
        check.Text(body.Text, "text", MessageRules.TextCharactersMax, lines: true);
        if (check.Error is { } error) return Answers.Problem(error);
        if (!Ids.IsValid(call.Id)) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var command = new SubscriptionCommand.SendMessage(ids.New("msg_"), body.Text);
        var result = await commands.ExecuteAsync(CommandCall.Of(call, call.Id), command);
        return result is CommandResult.Accepted sent
            ? await ShowAsync(call, sent)
            : Answers.Problem(CommandAnswers.ErrorOf(result));
    }

    /// <summary>A repeated request shows the message that it sent the first time. The message is the last event of its command.</summary>
    private async ValueTask<IResult> ShowAsync(ApiCall call, CommandResult.Accepted sent)
    {
        var version = sent.State.Version;
        try
        {
            var found = await messages.ReadAsync(call.Id, version - 1, 1, call.Aborted);
            return found.Count == 1 && found[0].Sequence == version
                ? Answers.Json(
                    StatusCodes.Status201Created, SubscriptionMessageDocument.Of(found[0]),
                    GatewayJson.Default.SubscriptionMessageDocument, sent.Replayed, $"/v1/subscriptions/{call.Id}/messages")
                : throw new InvalidOperationException($"Version {version} of subscription '{call.Id}' has no message.");
        }
        catch (JournalUnavailableException)
        {
            return Answers.Problem(ApiErrors.From(NotShown));
        }
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call, subscriptions);
        if (asked is null) return Answers.Problem(error!);
        var found = await messages.ReadAsync(call.Id, asked.After, asked.Limit + 1, call.Aborted);
        var (data, next) = asked.Cut(
            found, SubscriptionMessageDocument.Of, message => message.Sequence, GatewayJson.Default.SubscriptionMessageDocument);
        return Answers.Json(
            StatusCodes.Status200OK, new SubscriptionMessagePage(data, next), GatewayJson.Default.SubscriptionMessagePage);
    }
}
