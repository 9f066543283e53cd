using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Everything that changes a subscription. Whose it is, and whether the caller's role may do this to it, is judged by
/// the subscription itself.
/// </summary>
internal static class SubscriptionCommandRoutes
{
    private const string Tag = "Subscriptions";

    private static readonly EmptyBody Nothing = new();
    private static readonly ReactivateBody AsUsual = new();

    public static void MapSubscriptionCommands(this ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post("/v1/subscriptions", Roles.SellerOrAdministrator, json.SubscribeBody, SubscribeAsync)
            .Answers(201, typeof(SubscriptionDocument)).Describe(Tag, "Starts a subscription");
        api.Post(Path("cancel"), Roles.Everyone, json.CancelBody, CancelAsync)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Cancels now or at period end");
        api.Post(Path("uncancel"), Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.Uncancel), Nothing)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Undoes a cancellation that has not happened yet");
        api.Post(Path("reactivate"), Roles.Everyone, json.ReactivateBody, ReactivateAsync, AsUsual)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Starts a new first period on a canceled or expired subscription");
        api.Post(Path("retry"), Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.Retry), Nothing)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Tries the oldest overdue invoice at once");
        api.Post(Path("end-trial"), Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.EndTrial), Nothing)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Ends the trial now; the first paid period starts");
        api.Post(Path("extend-trial"), Roles.Everyone, json.ExtendTrialBody, ExtendTrialAsync)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Moves the end of the trial to a later instant");
        api.Post(Path("payment-method"), Roles.Everyone, json.ChangePaymentMethodBody, ChangePaymentMethodAsync)
            .Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Changes the payment method; what is overdue is tried at once");
    }

    private static string Path(string command) => $"/v1/subscriptions/{{id}}/{command}";

    private static async ValueTask<IResult> SubscribeAsync(ApiCall call, SubscribeBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        if ((check.Error ?? SubscribeRequest.Refuse(body)) is { } error) return Answers.Problem(error);
        var terms = await call.Services.Catalog.FindNewestTermsAsync(body.OfferId, call.Aborted);
        if (SubscribeRequest.Refuse(call.Caller, terms) is { } refusal) return Answers.Problem(ApiErrors.From(refusal));
        var id = call.NewId(body.Id, SubscribeRequest.IdPrefix);
        return await ExecuteAsync(call, id, SubscribeRequest.ToCommand(body, id, terms!), StatusCodes.Status201Created);
    }

    private static ValueTask<IResult> CancelAsync(ApiCall call, CancelBody body) =>
        CommandRequests.Read(body, out var command) is { } error ? Refuse(error) : RunAsync(call, command);

    private static ValueTask<IResult> ReactivateAsync(ApiCall call, ReactivateBody body) =>
        CommandRequests.Read(body, out var command) is { } error ? Refuse(error) : RunAsync(call, command);

    private static ValueTask<IResult> ExtendTrialAsync(ApiCall call, ExtendTrialBody body) =>
        CommandRequests.Read(body, out var command) is { } error ? Refuse(error) : RunAsync(call, command);

    private static ValueTask<IResult> ChangePaymentMethodAsync(ApiCall call, ChangePaymentMethodBody body) =>
        CommandRequests.Read(body, out var command) is { } error ? Refuse(error) : RunAsync(call, command);

    private static ValueTask<IResult> Refuse(ApiError error) => new(Answers.Problem(error));

    private static ValueTask<IResult> RunAsync(ApiCall call, SubscriptionCommand command) =>
        Ids.IsValid(call.Id) ? ExecuteAsync(call, call.Id, command, StatusCodes.Status200OK) : Refuse(ApiErrors.From(Refusal.NotFound));

    private static async ValueTask<IResult> ExecuteAsync(ApiCall call, string id, SubscriptionCommand command, int statusWhenDone)
    {
        var result = await call.Services.Runtime.ExecuteAsync(id, new CommandEnvelope(command, call.Caller, call.Idempotency), call.Aborted);
        return result switch
        {
            CommandResult.Accepted done => Answers.Json(
                statusWhenDone, SubscriptionDocument.From(done.State, done.Terms), GatewayJson.Default.SubscriptionDocument, done.Replayed),
            CommandResult.Refused refused => Answers.Problem(ApiErrors.From(refused.Refusal)),
            CommandResult.Unavailable unavailable => Answers.Problem(ApiErrors.From(unavailable)),
            _ => throw new InvalidOperationException($"{result.GetType().Name} is not known."),
        };
    }
}
