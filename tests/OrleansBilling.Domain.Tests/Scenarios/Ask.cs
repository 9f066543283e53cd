using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>Short names for the commands.</summary>
public static class Ask
{
    public static SubscriptionCommand Cancel(CancellationRefund refund = CancellationRefund.None, CancellationOrigin? origin = null) =>
        new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, refund, origin);

    public static SubscriptionCommand CancelAtPeriodEnd(CancellationRefund refund = CancellationRefund.None) =>
        new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, refund, null);

    public static SubscriptionCommand Uncancel() => new SubscriptionCommand.Uncancel();

    public static SubscriptionCommand Reactivate(bool charge = true, string? token = null) =>
        new SubscriptionCommand.Reactivate(charge, token);

    public static SubscriptionCommand Retry() => new SubscriptionCommand.Retry();

    public static SubscriptionCommand RetryInvoice(int invoice) => new SubscriptionCommand.RetryInvoice(invoice);

    public static SubscriptionCommand EndTrial() => new SubscriptionCommand.EndTrial();

    public static SubscriptionCommand ExtendTrial(int days) => new SubscriptionCommand.ExtendTrial(null, days);

    public static SubscriptionCommand ExtendTrialTo(string utc) => new SubscriptionCommand.ExtendTrial(When.Utc(utc), null);

    public static SubscriptionCommand ChangeMethod(string token) => new SubscriptionCommand.ChangePaymentMethod(token);

    /// <summary>New values of names; null removes one.</summary>
    public static SubscriptionCommand Metadata(params (string Name, string? Value)[] changes) =>
        new SubscriptionCommand.ChangeMetadata(
            changes.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    public static SubscriptionCommand Message(string id = "m1") => new SubscriptionCommand.SendMessage(id, "Hello.");

    public static SubscriptionCommand RemoveMetadata() =>
        new SubscriptionCommand.ChangeMetadata(ImmutableSortedDictionary<string, string?>.Empty, RemovesOthers: true);

    public static SubscriptionCommand ChangePlan(
        OfferTerms terms, EffectiveAt at = EffectiveAt.Now, int? quantity = null, bool endTrial = false) =>
        new SubscriptionCommand.ChangePlan(at, terms, quantity, null, endTrial);

    public static SubscriptionCommand Quantity(int quantity, EffectiveAt at = EffectiveAt.Now) =>
        new SubscriptionCommand.ChangePlan(at, null, quantity, null);

    public static SubscriptionCommand AddOns(params (string Id, int Quantity)[] addOns) =>
        new SubscriptionCommand.ChangePlan(
            EffectiveAt.Now, null, null, [.. addOns.Select(addOn => new AddOnQuantity(addOn.Id, addOn.Quantity))]);

    public static SubscriptionCommand UndoPlanChange() => new SubscriptionCommand.UndoPlanChange();

    public static SubscriptionCommand Pause(EffectiveAt at = EffectiveAt.Now, string? until = null) =>
        new SubscriptionCommand.Pause(at, until is null ? null : When.Utc(until));

    public static SubscriptionCommand Resume() => new SubscriptionCommand.Resume();

    public static SubscriptionCommand BillingDate(string utc) => new SubscriptionCommand.ChangeBillingDate(When.Utc(utc), null);

    public static SubscriptionCommand Give(int recurrences) => new SubscriptionCommand.GiveRecurrences(recurrences);

    public static SubscriptionCommand Coupon(Coupon coupon) => new SubscriptionCommand.ApplyCoupon(coupon);

    public static SubscriptionCommand Usage(string id, string meter, long quantity, string? key = null, Instant? at = null) =>
        new SubscriptionCommand.RecordUsage([new UsageEntry(id, meter, quantity, at, key)]);

    public static SubscriptionCommand Retention(string? reason = null, int? preferred = null) =>
        new SubscriptionCommand.AskRetention(reason, preferred);

    public static SubscriptionCommand AcceptRetention(OfferTerms? terms = null) => new SubscriptionCommand.AcceptRetention(terms);

    public static SubscriptionCommand Refund(int invoice, long? amount = null, bool toCredit = false) =>
        new SubscriptionCommand.RefundInvoice(invoice, amount, toCredit, "goodwill");

    public static SubscriptionCommand RefundLines(int invoice, params (int Line, long Amount)[] lines) =>
        new SubscriptionCommand.RefundInvoice(invoice, null, false, "goodwill")
        {
            Lines = [.. lines.Select(line => new LineRefund(line.Line, line.Amount))],
        };

    public static SubscriptionCommand NewVoucher() => new SubscriptionCommand.RequestVoucher();

    public static SubscriptionCommand Confirm(PaymentOutcome outcome, int invoice = 1, int attempt = 1) =>
        new SubscriptionCommand.ConfirmPayment(invoice, attempt, outcome);

    public static SubscriptionCommand Chargeback(
        int invoice = 1, int attempt = 1, long? amount = null, DisputeStatus outcome = DisputeStatus.Open) =>
        new SubscriptionCommand.RecordChargeback(invoice, attempt, "fraud") { Amount = amount, Outcome = outcome };

    public static SubscriptionCommand Wake() => SubscriptionCommand.Wake.Instance;

    public static SubscriptionCommand Outcome(PaymentOutcome outcome, int invoice = 1, int attempt = 1) =>
        new SubscriptionCommand.RecordPayment(PaymentKind.Charge, invoice, attempt, outcome);

    public static SubscriptionCommand RefundOutcome(PaymentOutcome outcome, int invoice = 1, int refund = 1) =>
        new SubscriptionCommand.RecordPayment(PaymentKind.Refund, invoice, refund, outcome);
}

/// <summary>The callers. The product belongs to "seller", the subscription to "customer".</summary>
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
