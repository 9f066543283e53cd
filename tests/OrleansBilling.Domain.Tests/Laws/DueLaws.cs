namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>What a subscription must not do on its own.</summary>
public static class DueLaws
{
    public static void Hold(Subscription before, IReadOnlyList<SubscriptionEvent> events, LawBook laws)
    {
        laws.Require(
            !before.PaymentBlocked || !events.OfType<SubscriptionEvent.ChargeRequested>().Any(),
            "a payment method that was declined for good is not tried by itself");
        laws.Require(
            before.Charge is not { } charge || events.OfType<SubscriptionEvent.DunningExhausted>().All(e => e.Invoice != charge.Invoice),
            "an invoice is not given up while its charge is in flight");
        laws.Require(
            events.OfType<SubscriptionEvent.RecurrenceStarted>().Count() <= 1,
            "missed periods are caught up one a decision");
    }
}
