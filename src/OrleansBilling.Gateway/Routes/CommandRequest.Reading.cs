using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Turns bodies and lines into requests, or reports what is wrong with them.</summary>
internal abstract partial record CommandRequest
{
    public static CommandRequest Uncancel { get; } = new Plain(new SubscriptionCommand.Uncancel());

    public static CommandRequest Retry { get; } = new Plain(new SubscriptionCommand.Retry());

    public static CommandRequest EndTrial { get; } = new Plain(new SubscriptionCommand.EndTrial());

    public static CommandRequest UndoPlanChange { get; } = new Plain(new SubscriptionCommand.UndoPlanChange());

    public static CommandRequest Resume { get; } = new Plain(new SubscriptionCommand.Resume());

    public static CommandRequest RequestVoucher { get; } = new Plain(new SubscriptionCommand.RequestVoucher());

    public static ApiError? Read(CancelBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.Reason(body.Reason, "reason");
        check.Text(body.Comment, "comment", FieldLimits.CommentCharactersMax, lines: true, charactersMin: 0);
        request = new Plain(
            new SubscriptionCommand.Cancel(body.At, body.Reason, body.Comment, body.Refund ?? CancellationRefund.None, body.Origin));
        return check.Error;
    }

    public static ApiError? Read(ReactivateBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        request = new Plain(new SubscriptionCommand.Reactivate(body.ChargeNow ?? true, body.PaymentMethod?.Token));
        return check.Error;
    }

    public static ApiError? Read(ExtendTrialBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.ExactlyOne(body.TrialEnd is not null, "trial_end", body.Days is not null, "days");
        check.Range(body.Days, "days", 1, Plan.TrialDaysMax);
        request = new Plain(new SubscriptionCommand.ExtendTrial(body.TrialEnd, body.Days));
        return check.Error;
    }

    public static ApiError? Read(ChangePaymentMethodBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.ExactlyOne(body.Token is not null, "token", body.PaymentMethod is not null, "payment_method");
        check.Token(body.Token, "token");
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        request = new Plain(new SubscriptionCommand.ChangePaymentMethod(body.Token ?? body.PaymentMethod?.Token ?? ""));
        return check.Error;
    }

    public static ApiError? Read(ChangePlanBody body, out CommandRequest? request)
    {
        request = new ChangePlan(body);
        return ChangePlanRequest.Validate(body);
    }

    public static ApiError? Read(PauseBody body, out CommandRequest? request)
    {
        request = new Plain(new SubscriptionCommand.Pause(body.At, body.Until));
        return null;
    }

    public static ApiError? Read(BillingDateBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.ExactlyOne(body.NextBillingAt is not null, "next_billing_at", body.Date is not null, "date");
        request = new Plain(new SubscriptionCommand.ChangeBillingDate(body.NextBillingAt, body.Date));
        return check.Error;
    }

    public static ApiError? Read(ApplyCouponBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.Id(body.Coupon, "coupon");
        request = new ApplyCoupon(body.Coupon);
        return check.Error;
    }

    public static ApiError? Read(GiveBody body, out CommandRequest? request)
    {
        var check = new Check();
        check.Range(body.Recurrences, "recurrences", 1, Coupon.RecurrencesMax);
        request = new Plain(new SubscriptionCommand.GiveRecurrences(body.Recurrences));
        return check.Error;
    }

    public static ApiError? Read(UsageBody body, out CommandRequest? request)
    {
        var error = UsageRequest.Validate(body);
        request = error is null ? new Plain(UsageRequest.ToCommand(body)) : null;
        return error;
    }
}
