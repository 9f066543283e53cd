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
        Describe(api.Post("/v1/subscriptions", Roles.SellerOrAdministrator, json.SubscribeBody, SubscribeAsync), 201, "Starts a subscription");
        Describe(api.Post("/v1/subscriptions/{id}/cancel", Roles.Everyone, json.CancelBody, CancelAsync), 200, "Cancels now or at period end");
        Describe(api.Post("/v1/subscriptions/{id}/uncancel", Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.Uncancel), Nothing), 200, "Undoes a cancellation that has not happened yet");
        Describe(api.Post("/v1/subscriptions/{id}/reactivate", Roles.Everyone, json.ReactivateBody, ReactivateAsync, AsUsual), 200, "Starts a new first period on a canceled or expired subscription");
        Describe(api.Post("/v1/subscriptions/{id}/retry", Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.Retry), Nothing), 200, "Tries the oldest overdue invoice at once");
        Describe(api.Post("/v1/subscriptions/{id}/end-trial", Roles.Everyone, json.EmptyBody, (call, _) => RunAsync(call, CommandRequests.EndTrial), Nothing), 200, "Ends the trial now; the first paid period starts");
        Describe(api.Post("/v1/subscriptions/{id}/extend-trial", Roles.Everyone, json.ExtendTrialBody, ExtendTrialAsync), 200, "Moves the end of the trial to a later instant");
        Describe(api.Post("/v1/subscriptions/{id}/payment-method", Roles.Everyone, json.ChangePaymentMethodBody, ChangePaymentMethodAsync), 200, "Changes the payment method; what is overdue is tried at once");
    }

    private static void Describe(ApiRoute route, int status, string summary) => route.Answers(status, typeof(SubscriptionDocument)).Describe(Tag, summary);

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
