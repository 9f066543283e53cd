using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Commands that answer with the changed subscription. The subscription itself checks its owner and whether the caller's
/// role may use the command.
/// </summary>
internal sealed class SubscriptionCommandRoutes(CommandRunner commands, Ids ids) : IRouteGroup
{
    public const string Tag = "Subscriptions";

    public static readonly EmptyBody Nothing = new();

    private static readonly ReactivateBody AsUsual = new();

    public void Map(ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post("/v1/subscriptions", Roles.SellerOrAdministrator, json.SubscribeBody, SubscribeAsync)
            .Answers(201, typeof(SubscriptionDocument)).Describe(Tag, "Starts a subscription");
        Describe(api.Post(Path("cancel"), Roles.Everyone, json.CancelBody, Command<CancelBody>(CommandRequest.Read)),
            "Cancels now or at period end");
        Describe(api.Post(Path("uncancel"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Uncancel), Nothing),
            "Undoes a cancellation that has not happened yet");
        Describe(api.Post(Path("reactivate"), Roles.Everyone, json.ReactivateBody, Command<ReactivateBody>(CommandRequest.Read), AsUsual),
            "Resumes the paid period of a canceled or expired subscription, or starts a new first period");
        Describe(api.Post(Path("retry"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Retry), Nothing),
            "Retries the oldest overdue invoice at once");
        Describe(api.Post(Path("end-trial"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.EndTrial), Nothing),
            "Ends the trial now; the first paid period starts");
        Describe(api.Post(Path("extend-trial"), Roles.Everyone, json.ExtendTrialBody, Command<ExtendTrialBody>(CommandRequest.Read)),
            "Moves the end of the trial to a later time");
        Describe(api.Post(
            Path("payment-method"), Roles.Everyone, json.ChangePaymentMethodBody, Command<ChangePaymentMethodBody>(CommandRequest.Read)),
                "Changes the payment method; overdue invoices are retried at once");
        Describe(api.Post(Path("change-plan"), Roles.Everyone, json.ChangePlanBody, Command<ChangePlanBody>(CommandRequest.Read)),
            "Changes offer, quantity or add-ons, now (prorated) or at period end");
        Describe(api.Post(Path("undo-plan-change"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.UndoPlanChange), Nothing),
            "Undoes a plan change that has not happened yet");
        Describe(api.Post(Path("pause"), Roles.Everyone, json.PauseBody, Command<PauseBody>(CommandRequest.Read)),
            "Pauses now or at period end; nothing is invoiced during the pause");
        Describe(api.Post(Path("resume"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Resume), Nothing),
            "Ends a pause, or undoes one that has not started");
        Describe(api.Post(Path("billing-date"), Roles.Everyone, json.BillingDateBody, Command<BillingDateBody>(CommandRequest.Read)),
            "Moves the next charge; the time in between is prorated");
        Describe(api.Post(Path("apply-coupon"), Roles.Everyone, json.ApplyCouponBody, Command<ApplyCouponBody>(CommandRequest.Read)),
            "Redeems a coupon, starting with the next recurrence");
        Describe(api.Post(Path("voucher"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.RequestVoucher), Nothing),
            "Issues a new voucher for one that expired");
        Describe(api.Post(Path("give"), Roles.SellerOrAdministrator, json.GiveBody, Command<GiveBody>(CommandRequest.Read)),
            "Makes the next recurrences free");
        Describe(api.Post(Path("usage"), Roles.SellerOrAdministrator, json.UsageBody, Command<UsageBody>(CommandRequest.Read)),
            "Records metered usage; events that were recorded before change nothing");
    }

    public static string Path(string command) => $"/v1/subscriptions/{{id}}/{command}";

    /// <summary>Describes a route that answers with the subscription.</summary>
    public static void Describe(ApiRoute route, string summary) => route.Answers(200, typeof(SubscriptionDocument)).Describe(Tag, summary);

    private ApiHandler<EmptyBody> Command(CommandRequest request) => (call, _) => commands.AnswerAsync(call, request);

    private ApiHandler<TBody> Command<TBody>(CommandReading<TBody> read) => (call, body) =>
    {
        var check = new Check();
        var request = read(ref check, body);
        return check.Error is { } error ? new(Answers.Problem(error)) : commands.AnswerAsync(call, request!);
    };

    private async ValueTask<IResult> SubscribeAsync(ApiCall call, SubscribeBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        SubscribeRequest.Check(ref check, body);
        if (check.Error is { } error) return Answers.Problem(error);
        var id = body.Id ?? ids.New(SubscribeRequest.IdPrefix, call.Tenant, call.Key);
        var result = await commands.RunAsync(CommandCall.Of(call, id), new CommandRequest.Subscribe(body));
        return CommandAnswers.Show(result, StatusCodes.Status201Created);
    }
}
