using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Commands that answer with the changed subscription. The subscription itself checks its owner and whether the caller's
/// role may use the command.
/// </summary>
internal sealed class SubscriptionCommandRoutes(
    CommandRunner commands, CommandAnswers answers, FirstPayment firstPayment, Ids ids) : IRouteGroup
{
    public const string Tag = "Subscriptions";

    public static readonly EmptyBody Nothing = new();

    private static readonly ReactivateBody AsUsual = new();

    public void Map(ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post("/v1/subscriptions", Roles.SellerOrAdministrator, json.SubscribeBody, SubscribeAsync)
            .Named("subscriptions_create").Answers(201, typeof(SubscriptionDocument)).Describe(
                Tag, "Starts a subscription",
                "With the header Prefer: wait=10 it answers when the outcome of the first payment is known, or after ten seconds " +
                "(at most 30). Without it, and when the time is over, a subscription that must be paid first is pending.");
        api.Patch("/v1/subscriptions/{id}", Roles.SellerOrAdministrator, json.SubscriptionPatchBody, PatchAsync)
            .Named("subscriptions_update").Answers(200, typeof(SubscriptionDocument)).Describe(
                Tag, "Changes the metadata",
                "In every status, also after the end. Changes of different names at the same time lose nothing.");
        Describe(api.Post(Path("cancel"), Roles.Everyone, json.CancelBody, Command<CancelBody>(CommandRequest.Read)),
            "subscriptions_cancel", "Cancels now or at period end");
        Describe(api.Post(Path("uncancel"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Uncancel), Nothing),
            "subscriptions_uncancel", "Undoes a cancellation that has not happened yet");
        Describe(api.Post(Path("reactivate"), Roles.Everyone, json.ReactivateBody, Command<ReactivateBody>(CommandRequest.Read), AsUsual),
            "subscriptions_reactivate", "Resumes the paid period of a canceled or expired subscription, or starts a new first period");
        Describe(api.Post(Path("retry"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Retry), Nothing),
            "subscriptions_retry", "Retries the oldest overdue invoice at once");
        Describe(api.Post(Path("end-trial"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.EndTrial), Nothing),
            "subscriptions_end_trial", "Ends the trial now; the first paid period starts");
        Describe(api.Post(Path("extend-trial"), Roles.Everyone, json.ExtendTrialBody, Command<ExtendTrialBody>(CommandRequest.Read)),
            "subscriptions_extend_trial", "Moves the end of the trial to a later time");
        Describe(api.Post(
            Path("payment-method"), Roles.Everyone, json.ChangePaymentMethodBody, Command<ChangePaymentMethodBody>(CommandRequest.Read)),
                "subscriptions_change_payment_method", "Changes the payment method; overdue invoices are retried at once");
        Describe(api.Post(Path("change-plan"), Roles.Everyone, json.ChangePlanBody, Command<ChangePlanBody>(CommandRequest.Read)),
            "subscriptions_change_plan", "Changes offer, quantity or add-ons, now (prorated) or at period end");
        Describe(api.Post(Path("undo-plan-change"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.UndoPlanChange), Nothing),
            "subscriptions_undo_plan_change", "Undoes a plan change that has not happened yet");
        Describe(api.Post(Path("pause"), Roles.Everyone, json.PauseBody, Command<PauseBody>(CommandRequest.Read)),
            "subscriptions_pause", "Pauses now or at period end; nothing is invoiced during the pause");
        Describe(api.Post(Path("resume"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.Resume), Nothing),
            "subscriptions_resume", "Ends a pause, or undoes one that has not started");
        Describe(api.Post(Path("billing-date"), Roles.Everyone, json.BillingDateBody, Command<BillingDateBody>(CommandRequest.Read)),
            "subscriptions_change_billing_date", "Moves the next charge; the time in between is prorated");
        Describe(api.Post(Path("apply-coupon"), Roles.Everyone, json.ApplyCouponBody, Command<ApplyCouponBody>(CommandRequest.Read)),
            "subscriptions_apply_coupon", "Redeems a coupon, starting with the next recurrence");
        Describe(api.Post(Path("voucher"), Roles.Everyone, json.EmptyBody, Command(CommandRequest.RequestVoucher), Nothing),
            "subscriptions_issue_voucher", "Issues a new voucher for one that expired");
        Describe(api.Post(Path("give"), Roles.SellerOrAdministrator, json.GiveBody, Command<GiveBody>(CommandRequest.Read)),
            "subscriptions_give", "Makes the next recurrences free");
        Describe(api.Post(Path("usage"), Roles.SellerOrAdministrator, json.UsageBody, Command<UsageBody>(CommandRequest.Read)),
            "subscriptions_record_usage", "Records metered usage; events that were recorded before change nothing");
    }

    public static string Path(string command) => $"/v1/subscriptions/{{id}}/{command}";

    /// <summary>Describes a route that answers with the subscription.</summary>
    public static void Describe(ApiRoute route, string name, string summary) =>
        route.Named(name).Answers(200, typeof(SubscriptionDocument)).Describe(Tag, summary);

    private ApiHandler<EmptyBody> Command(CommandRequest request) => (call, _) => commands.AnswerAsync(call, request);

    private ApiHandler<TBody> Command<TBody>(CommandReading<TBody> read) => (call, body) =>
    {
        var check = new Check();
        var request = read(ref check, body);
        return check.Error is { } error ? new(Answers.Problem(error)) : commands.AnswerAsync(call, request!);
    };

    private ValueTask<IResult> PatchAsync(ApiCall call, SubscriptionPatchBody body)
    {
        var check = new Check();
        var request = CommandRequest.Read(ref check, body, call.Patch);
        return check.Error is { } error ? new(Answers.Problem(error)) : commands.AnswerAsync(call, request!);
    }

    private async ValueTask<IResult> SubscribeAsync(ApiCall call, SubscribeBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        SubscribeRequest.Check(ref check, body);
        if (check.Error is { } error) return Answers.Problem(error);

        // The place is taken before there is a subscription, so that a refusal has no effect.
        var seconds = PreferHeader.WaitSeconds(call.Http.Request);
        using var wait = seconds == 0 ? null : call.TryWait();
        if (seconds > 0 && wait is null) return Answers.Problem(RequestWait.TooMany());
        var id = body.Id ?? ids.New(SubscribeRequest.IdPrefix, call.Tenant, call.Key);
        var result = await commands.RunAsync(CommandCall.Of(call, id), new CommandRequest.Subscribe(body));
        if (wait is not null && result is CommandResult.Accepted done) result = await WithPaymentAsync(call, done, seconds, wait);
        return await answers.ShowAsync(call, result, StatusCodes.Status201Created);
    }

    private async ValueTask<CommandResult> WithPaymentAsync(ApiCall call, CommandResult.Accepted done, int seconds, RequestWait wait)
    {
        var created = new SubscriptionView(done.State, done.Terms);
        var (state, terms) = await firstPayment.WaitAsync(created, TimeSpan.FromSeconds(seconds), wait, call.Aborted);
        PreferHeader.Applied(call.Http.Response, seconds);
        return done with { State = state, Terms = terms };
    }
}
