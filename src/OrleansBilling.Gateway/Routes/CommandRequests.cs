using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Bodies and lines on their way to commands: what they say, or what is wrong with it.</summary>
internal static class CommandRequests
{
    public static SubscriptionCommand Uncancel { get; } = new SubscriptionCommand.Uncancel();

    public static SubscriptionCommand Retry { get; } = new SubscriptionCommand.Retry();

    public static SubscriptionCommand EndTrial { get; } = new SubscriptionCommand.EndTrial();

    public static ApiError? Read(CancelBody body, out SubscriptionCommand command)
    {
        var check = new Check();
        check.Reason(body.Reason, "reason");
        check.Text(body.Comment, "comment", Check.CommentCharactersMax, lines: true, charactersMin: 0);
        command = new SubscriptionCommand.Cancel(body.At, body.Reason, body.Comment, body.Refund ?? CancellationRefund.None, body.Origin);
        return check.Error;
    }

    public static ApiError? Read(ReactivateBody body, out SubscriptionCommand command)
    {
        var check = new Check();
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        command = new SubscriptionCommand.Reactivate(body.ChargeNow ?? true, body.PaymentMethod?.Token);
        return check.Error;
    }

    public static ApiError? Read(ExtendTrialBody body, out SubscriptionCommand command)
    {
        var check = new Check();
        check.ExactlyOne(body.TrialEnd is not null, "trial_end", body.Days is not null, "days");
        check.Range(body.Days, "days", 1, Plan.TrialDaysMax);
        command = new SubscriptionCommand.ExtendTrial(body.TrialEnd, body.Days);
        return check.Error;
    }

    public static ApiError? Read(ChangePaymentMethodBody body, out SubscriptionCommand command)
    {
        var check = new Check();
        check.ExactlyOne(body.Token is not null, "token", body.PaymentMethod is not null, "payment_method");
        check.Token(body.Token, "token");
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        command = new SubscriptionCommand.ChangePaymentMethod(body.Token ?? body.PaymentMethod?.Token ?? "");
        return check.Error;
    }
}
