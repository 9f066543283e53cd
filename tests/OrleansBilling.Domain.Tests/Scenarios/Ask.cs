namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>The commands, as short as tests want them.</summary>
public static class Ask
{
    public static SubscriptionCommand Cancel(CancellationRefund refund = CancellationRefund.None, CancellationOrigin? origin = null) =>
        new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, refund, origin);

    public static SubscriptionCommand CancelAtPeriodEnd(CancellationRefund refund = CancellationRefund.None) =>
        new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, refund, null);

    public static SubscriptionCommand Uncancel() => new SubscriptionCommand.Uncancel();

    public static SubscriptionCommand Reactivate(bool charge = true, string? token = null) => new SubscriptionCommand.Reactivate(charge, token);

    public static SubscriptionCommand Retry() => new SubscriptionCommand.Retry();

    public static SubscriptionCommand EndTrial() => new SubscriptionCommand.EndTrial();

    public static SubscriptionCommand ExtendTrial(int days) => new SubscriptionCommand.ExtendTrial(null, days);

    public static SubscriptionCommand ExtendTrialTo(string utc) => new SubscriptionCommand.ExtendTrial(When.Utc(utc), null);

    public static SubscriptionCommand ChangeMethod(string token) => new SubscriptionCommand.ChangePaymentMethod(token);

    public static SubscriptionCommand Wake() => SubscriptionCommand.Wake.Instance;

    public static SubscriptionCommand Outcome(PaymentOutcome outcome, int invoice = 1, int attempt = 1) =>
        new SubscriptionCommand.RecordPayment(PaymentKind.Charge, invoice, attempt, outcome);

    public static SubscriptionCommand RefundOutcome(PaymentOutcome outcome, int invoice = 1, int refund = 1) =>
        new SubscriptionCommand.RecordPayment(PaymentKind.Refund, invoice, refund, outcome);
}

/// <summary>Who asks. The product is of "seller", the subscription of "customer".</summary>
public static class By
{
    public static Caller System => Caller.System;

    public static Caller Administrator => Caller.Administrator;

    public static Caller Seller { get; } = new(Role.Seller, "seller");

    public static Caller OtherSeller { get; } = new(Role.Seller, "other-seller");

    public static Caller Customer { get; } = new(Role.Customer, "customer");

    public static Caller OtherCustomer { get; } = new(Role.Customer, "other-customer");

    public static Caller CustomerOfSeller { get; } = new(Role.Customer, "customer", "seller");

    public static Caller CustomerOfOtherSeller { get; } = new(Role.Customer, "customer", "other-seller");
}
