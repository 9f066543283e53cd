using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Turns bodies and lines into requests, and reports what is wrong with them.</summary>
internal abstract partial record CommandRequest
{
    public static CommandRequest Uncancel { get; } = new Plain(new SubscriptionCommand.Uncancel());

    public static CommandRequest Retry { get; } = new Plain(new SubscriptionCommand.Retry());

    public static CommandRequest EndTrial { get; } = new Plain(new SubscriptionCommand.EndTrial());

    public static CommandRequest UndoPlanChange { get; } = new Plain(new SubscriptionCommand.UndoPlanChange());

    public static CommandRequest Resume { get; } = new Plain(new SubscriptionCommand.Resume());

    public static CommandRequest RequestVoucher { get; } = new Plain(new SubscriptionCommand.RequestVoucher());

    public static CommandRequest Read(ref Check check, CancelBody body)
    {
        check.Reason(body.Reason, "reason");
        check.Text(body.Comment, "comment", FieldLimits.CommentCharactersMax, lines: true, charactersMin: 0);
        return new Plain(
            new SubscriptionCommand.Cancel(body.At, body.Reason, body.Comment, body.Refund ?? CancellationRefund.None, body.Origin));
    }

    public static CommandRequest Read(ref Check check, ReactivateBody body)
    {
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        return new Plain(new SubscriptionCommand.Reactivate(body.ChargeNow ?? true, body.PaymentMethod?.Token));
    }

    public static CommandRequest Read(ref Check check, ExtendTrialBody body)
    {
        check.ExactlyOne(body.TrialEnd is not null, "trial_end", body.Days is not null, "days");
        check.Range(body.Days, "days", 1, Plan.TrialDaysMax);
        return new Plain(new SubscriptionCommand.ExtendTrial(body.TrialEnd, body.Days));
    }

    public static CommandRequest Read(ref Check check, ChangePaymentMethodBody body)
    {
        check.ExactlyOne(body.Token is not null, "token", body.PaymentMethod is not null, "payment_method");
        check.Token(body.Token, "token");
        check.Token(body.PaymentMethod?.Token, "payment_method.token");
        return new Plain(new SubscriptionCommand.ChangePaymentMethod(body.Token ?? body.PaymentMethod?.Token ?? ""));
    }

    public static CommandRequest Read(ref Check check, ChangePlanBody body)
    {
        ChangePlanRequest.Check(ref check, body);
        return new ChangePlan(body);
    }

    public static CommandRequest Read(ref Check check, PauseBody body)
    {
        return new Plain(new SubscriptionCommand.Pause(body.At, body.Until));
    }

    public static CommandRequest Read(ref Check check, BillingDateBody body)
    {
        check.ExactlyOne(body.NextBillingAt is not null, "next_billing_at", body.Date is not null, "date");
        return new Plain(new SubscriptionCommand.ChangeBillingDate(body.NextBillingAt, body.Date));
    }

    /// <param name="sent">The patch as it was sent, because metadata that is left out stays, and null removes all of it.</param>
    public static CommandRequest? Read(ref Check check, SubscriptionPatchBody body, ReadOnlySpan<byte> sent)
    {
        check.MetadataPatch(body.Metadata);
        if (check.HasFailed) return null;
        return new Plain(
            new SubscriptionCommand.ChangeMetadata(
                (body.Metadata ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
                RemovesOthers: body.Metadata is null && MergePatch.Names(sent, "metadata")));
    }

    public static CommandRequest Read(ref Check check, ApplyCouponBody body)
    {
        check.Id(body.Coupon, "coupon");
        return new ApplyCoupon(body.Coupon);
    }

    public static CommandRequest Read(ref Check check, GiveBody body)
    {
        check.Range(body.Recurrences, "recurrences", 1, Coupon.RecurrencesMax);
        return new Plain(new SubscriptionCommand.GiveRecurrences(body.Recurrences));
    }

    public static CommandRequest? Read(ref Check check, UsageBody body)
    {
        UsageRequest.Check(ref check, body);
        return check.HasFailed ? null : new Plain(UsageRequest.ToCommand(body));
    }
}
