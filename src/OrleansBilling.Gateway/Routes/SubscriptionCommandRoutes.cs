using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// What changes a subscription and is answered with it. Whose it is, and whether the caller's role may do this to it, is
/// judged by the subscription itself.
/// </summary>
internal static class SubscriptionCommandRoutes
{
    public const string Tag = "Subscriptions";

    public static readonly EmptyBody Nothing = new();

    private static readonly ReactivateBody AsUsual = new();

    public static void MapSubscriptionCommands(this ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post("/v1/subscriptions", Roles.SellerOrAdministrator, json.SubscribeBody, SubscribeAsync)
            .Answers(201, typeof(SubscriptionDocument)).Describe(Tag, "Starts a subscription");
        Map(api.Post(Path("cancel"), Roles.Everyone, json.CancelBody, Command<CancelBody>(CommandRequest.Read)),
            "Cancels now or at period end");
        Map(api.Post(Path("uncancel"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Uncancel), Nothing),
            "Undoes a cancellation that has not happened yet");
        Map(api.Post(Path("reactivate"), Roles.Everyone, json.ReactivateBody, Command<ReactivateBody>(CommandRequest.Read), AsUsual),
            "Goes on with the period that was paid, or starts a new first one, on a canceled or expired subscription");
        Map(api.Post(Path("retry"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Retry), Nothing),
            "Tries the oldest overdue invoice at once");
        Map(api.Post(Path("end-trial"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.EndTrial), Nothing),
            "Ends the trial now; the first paid period starts");
        Map(api.Post(Path("extend-trial"), Roles.Everyone, json.ExtendTrialBody, Command<ExtendTrialBody>(CommandRequest.Read)),
            "Moves the end of the trial to a later instant");
        Map(api.Post(
            Path("payment-method"), Roles.Everyone, json.ChangePaymentMethodBody, Command<ChangePaymentMethodBody>(CommandRequest.Read)),
                "Changes the payment method; what is overdue is tried at once");
        Map(api.Post(Path("change-plan"), Roles.Everyone, json.ChangePlanBody, Command<ChangePlanBody>(CommandRequest.Read)),
            "Changes offer, quantity or add-ons, now (prorated) or at period end");
        Map(api.Post(Path("undo-plan-change"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.UndoPlanChange), Nothing),
            "Undoes a plan change that has not happened yet");
        Map(api.Post(Path("pause"), Roles.Everyone, json.PauseBody, Command<PauseBody>(CommandRequest.Read)),
            "Pauses now or at period end; nothing is invoiced meanwhile");
        Map(api.Post(Path("resume"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Resume), Nothing),
            "Ends a pause, or undoes one that has not begun");
        Map(api.Post(Path("billing-date"), Roles.Everyone, json.BillingDateBody, Command<BillingDateBody>(CommandRequest.Read)),
            "Moves the next charge; the stretch in between is prorated");
        Map(api.Post(Path("apply-coupon"), Roles.Everyone, json.ApplyCouponBody, Command<ApplyCouponBody>(CommandRequest.Read)),
            "Redeems a coupon from the next recurrence on");
        Map(api.Post(Path("voucher"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.RequestVoucher), Nothing),
            "Issues a new voucher for one that expired");
        Map(api.Post(Path("give"), Roles.SellerOrAdministrator, json.GiveBody, Command<GiveBody>(CommandRequest.Read)),
            "Gives the next recurrences away");
        Map(api.Post(Path("usage"), Roles.SellerOrAdministrator, json.UsageBody, Command<UsageBody>(CommandRequest.Read)),
            "Counts metered usage; what was counted before changes nothing");
    }

    public static string Path(string command) => $"/v1/subscriptions/{{id}}/{command}";

    /// <summary>Tells of a route that answers with the subscription.</summary>
    public static void Map(ApiRoute route, string summary) => route.Answers(200, typeof(SubscriptionDocument)).Describe(Tag, summary);

    public static CommandCall CallOf(ApiCall call, string id) => new(call.Services, call.Caller, id, call.Idempotency, call.Aborted);

    /// <summary>Has a command done on the subscription of the path, and shows what it led to.</summary>
    public static async ValueTask<IResult> RunAsync(ApiCall call, CommandRequest request)
    {
        if (!Ids.IsValid(call.Id)) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        return Answer(await CallOf(call, call.Id).RunAsync(request), StatusCodes.Status200OK);
    }

    public static IResult Answer(CommandResult result, int statusWhenDone) => result switch
    {
        CommandResult.Accepted done => Answers.Json(
            statusWhenDone, SubscriptionDocument.From(done.State, done.Terms), GatewayJson.Default.SubscriptionDocument, done.Replayed),
        _ => Answers.Problem(ErrorOf(result)),
    };

    /// <summary>Why a command was not done.</summary>
    public static ApiError ErrorOf(CommandResult result) => result switch
    {
        CommandResult.Refused refused => ApiErrors.From(refused.Refusal),
        CommandResult.Unavailable unavailable => ApiErrors.From(unavailable),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not known."),
    };

    private static ApiHandler<EmptyBody> Command(CommandRequest request) => (call, _) => RunAsync(call, request);

    private static ApiHandler<TBody> Command<TBody>(CommandReading<TBody> read) =>
        (call, body) => read(body, out var request) is { } error ? new(Answers.Problem(error)) : RunAsync(call, request!);

    private static async ValueTask<IResult> SubscribeAsync(ApiCall call, SubscribeBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        if ((check.Error ?? SubscribeRequest.Validate(body)) is { } error) return Answers.Problem(error);
        var starting = CallOf(call, call.NewId(body.Id, SubscribeRequest.IdPrefix));
        var result = await starting.RunAsync(new CommandRequest.Subscribe(body));
        return Answer(result, StatusCodes.Status201Created);
    }
}
