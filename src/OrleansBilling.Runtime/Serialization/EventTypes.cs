using System.Collections.Frozen;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// The stable name of each event type. Names are stored: a renamed type keeps its old name in
/// <see cref="OldNames"/>, and names are never reused.
/// </summary>
internal static class EventTypes
{
    private static readonly (Type Type, string Name)[] All =
    [
        (typeof(SubscriptionEvent.Subscribed), "subscribed"),
        (typeof(SubscriptionEvent.TrialStarted), "trial_started"),
        (typeof(SubscriptionEvent.TrialEndMoved), "trial_end_moved"),
        (typeof(SubscriptionEvent.TrialEndAnnounced), "trial_end_announced"),
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
        (typeof(SubscriptionEvent.MetadataChanged), "metadata_changed"),
        (typeof(SubscriptionEvent.MessageSent), "message_sent"),
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
        (typeof(SubscriptionEvent.InvoiceIssued), "invoice_issued"),
        (typeof(SubscriptionEvent.InvoiceReduced), "invoice_reduced"),
        (typeof(SubscriptionEvent.PlanChanged), "plan_changed"),
        (typeof(SubscriptionEvent.PlanChangeScheduled), "plan_change_scheduled"),
        (typeof(SubscriptionEvent.PlanChangeUndone), "plan_change_undone"),
        (typeof(SubscriptionEvent.PeriodEndMoved), "period_end_moved"),
        (typeof(SubscriptionEvent.BillingDateChanged), "billing_date_changed"),
        (typeof(SubscriptionEvent.PauseScheduled), "pause_scheduled"),
        (typeof(SubscriptionEvent.PauseUndone), "pause_undone"),
        (typeof(SubscriptionEvent.DiscountGranted), "discount_granted"),
        (typeof(SubscriptionEvent.UsageRecorded), StoredEvent.UsageType),
        (typeof(SubscriptionEvent.RetentionAssigned), "retention_assigned"),
        (typeof(SubscriptionEvent.RetentionAccepted), "retention_accepted"),
        (typeof(SubscriptionEvent.RenewalAlerted), "renewal_alerted"),
        (typeof(SubscriptionEvent.VoucherIssued), "voucher_issued"),
        (typeof(SubscriptionEvent.VoucherReminded), "voucher_reminded"),
        (typeof(SubscriptionEvent.LatePaymentReceived), "late_payment_received"),
        (typeof(SubscriptionEvent.CreditGranted), "credit_granted"),
        (typeof(SubscriptionEvent.ChargedBack), "charged_back"),
        (typeof(SubscriptionEvent.ChargebackClosed), "chargeback_closed"),
        (typeof(SubscriptionEvent.ChangeVoided), "change_voided"),
        (typeof(SubscriptionEvent.VoucherWithdrawn), "voucher_withdrawn"),
        (typeof(SubscriptionEvent.PauseEndMoved), "pause_end_moved"),
    ];

    private static readonly FrozenDictionary<Type, string> Names = All.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);
    private static readonly FrozenDictionary<string, Type> Types = All.ToFrozenDictionary(
        pair => pair.Name, pair => pair.Type, StringComparer.Ordinal);

    public static IEnumerable<string> AllNames => All.Select(pair => pair.Name);

    public static string NameOf(Type type) => Names[type];

    public static Type TypeOf(string name) => Types[OldNames.Renew(name)];
}
