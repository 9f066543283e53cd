namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>What customers can never cause: refunds, free service, usage, or payments that nobody saw.</summary>
public static class CallerLaws
{
    public static void Hold(Caller caller, SubscriptionCommand command, IReadOnlyList<SubscriptionEvent> events, LawBook laws)
    {
        if (caller.Role != Role.Customer) return;
        laws.Require(
            events.All(
                e => e is not (SubscriptionEvent.RefundRequested or SubscriptionEvent.CreditGranted or SubscriptionEvent.UsageRecorded
                or SubscriptionEvent.ChargedBack or SubscriptionEvent.LatePaymentReceived or SubscriptionEvent.ChargeSucceeded)),
            "a customer moves no money back, and says nothing of usage and payments");
        laws.Require(
            Granted(events).All(e => e.Discount.Source is DiscountSource.Coupon or DiscountSource.Retention),
            "a customer is given nothing by itself");
        laws.Require(
            command is SubscriptionCommand.AcceptRetention || Granted(events).All(e => e.Discount.Source == DiscountSource.Coupon),
            "a retention offer is accepted, not taken");
    }

    /// <summary>Excludes rewards: a paid recurrence earns them, even if the customer's own command paid it with credit.</summary>
    private static IEnumerable<SubscriptionEvent.DiscountGranted> Granted(IReadOnlyList<SubscriptionEvent> events)
    {
        var earns = events.Any(e => e is SubscriptionEvent.RecurrenceStarted { PaidByCredit: true });
        return events.OfType<SubscriptionEvent.DiscountGranted>().Where(e => !earns || e.Discount.Source != DiscountSource.Loyalty);
    }
}
