using System.Collections.Frozen;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>The stable name of each type of event. Stored: a name is never changed or reused.</summary>
internal static class EventTypes
{
    private static readonly (Type Type, string Name)[] All =
    [
        (typeof(SubscriptionEvent.Subscribed), "subscribed"),
        (typeof(SubscriptionEvent.TrialStarted), "trial_started"),
        (typeof(SubscriptionEvent.TrialEndMoved), "trial_end_moved"),
        (typeof(SubscriptionEvent.RecurrenceStarted), "recurrence_started"),
        (typeof(SubscriptionEvent.ChargeRequested), "charge_requested"),
        (typeof(SubscriptionEvent.ChargeSucceeded), "charge_succeeded"),
        (typeof(SubscriptionEvent.ChargeDeclined), "charge_declined"),
        (typeof(SubscriptionEvent.PaymentUnknown), "payment_unknown"),
        (typeof(SubscriptionEvent.PaymentAsked), "payment_asked"),
        (typeof(SubscriptionEvent.AttemptPostponed), "attempt_postponed"),
        (typeof(SubscriptionEvent.DunningExhausted), "dunning_exhausted"),
        (typeof(SubscriptionEvent.BillingDateMoved), "billing_date_moved"),
        (typeof(SubscriptionEvent.PaymentMethodChanged), "payment_method_changed"),
        (typeof(SubscriptionEvent.CancellationScheduled), "cancellation_scheduled"),
        (typeof(SubscriptionEvent.CancellationUndone), "cancellation_undone"),
        (typeof(SubscriptionEvent.Canceled), "canceled"),
        (typeof(SubscriptionEvent.Expired), "expired"),
        (typeof(SubscriptionEvent.TermEnded), "term_ended"),
        (typeof(SubscriptionEvent.Completed), "completed"),
        (typeof(SubscriptionEvent.Paused), "paused"),
        (typeof(SubscriptionEvent.Resumed), "resumed"),
        (typeof(SubscriptionEvent.Reactivated), "reactivated"),
        (typeof(SubscriptionEvent.InvoiceClosed), "invoice_closed"),
        (typeof(SubscriptionEvent.RefundRequested), "refund_requested"),
        (typeof(SubscriptionEvent.RefundSucceeded), "refund_succeeded"),
        (typeof(SubscriptionEvent.RefundFailed), "refund_failed"),
    ];

    private static readonly FrozenDictionary<Type, string> Names = All.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);
    private static readonly FrozenDictionary<string, Type> Types = All.ToFrozenDictionary(pair => pair.Name, pair => pair.Type, StringComparer.Ordinal);

    public static string NameOf(Type type) => Names[type];

    public static Type TypeOf(string name) => Types[name];
}
