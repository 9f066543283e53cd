using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The kinds of refusal. Each maps to one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The command breaks a rule, whatever the state.</summary>
    Invalid,

    /// <summary>It does not exist, or the caller may not know about it.</summary>
    NotFound,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The current state does not allow it.</summary>
    Conflict,

    /// <summary>A limit is reached. It may be possible later.</summary>
    TooMany,

    /// <summary>The caller expects another version.</summary>
    Outdated,
}

/// <summary>Why a command had no effect. It is a value, never an exception.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Field">The field at fault, if any.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail, string? Field = null)
{
    /// <summary>The subscription does not exist or belongs to somebody else.</summary>
    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "subscription_not_found", "There is no subscription with this id.");

    public static Refusal OtherVersion { get; } = new(
        RefusalKind.Outdated, "version_mismatch", "The version is not the one that If-Match names; read it again.", "If-Match");

    public static Refusal AlreadyExists { get; } = new(
        RefusalKind.Conflict, "subscription_exists", "A subscription with this id already exists.", "id");

    /// <summary>The offer does not exist or belongs to another seller.</summary>
    public static Refusal OfferNotFound { get; } = new(
        RefusalKind.NotFound, "offer_not_found", "There is no offer with this id.", "offer_id");

    /// <summary>
    /// The customer is known, and this seller has neither sold to it before nor named its mail address. A missing and a wrong address get
    /// the same answer, so that nobody can find out mail addresses.
    /// </summary>
    public static Refusal CustomerUnknown { get; } = new(
        RefusalKind.Invalid, "customer_unknown", "This customer id cannot be used with this mail address.", "customer.id");

    /// <summary>What is archived is not sold any more. Running subscriptions keep it.</summary>
    public static Refusal Archived(ArchivedPart part) => part switch
    {
        ArchivedPart.Offer => OfferArchived,
        ArchivedPart.Plan => PlanArchived,
        ArchivedPart.Product => ProductArchived,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    public static Refusal OfferArchived { get; } = new(
        RefusalKind.Conflict, "offer_archived", "This offer is archived and cannot be sold any more.", "offer_id");

    public static Refusal PlanArchived { get; } = new(
        RefusalKind.Conflict, "plan_archived", "The plan of this offer is archived and cannot be sold any more.", "offer_id");

    public static Refusal ProductArchived { get; } = new(
        RefusalKind.Conflict, "product_archived", "The product of this offer is archived and cannot be sold any more.", "offer_id");

    public static Refusal NotForCustomers { get; } = new(
        RefusalKind.Forbidden, "forbidden", "Only the seller or an administrator may do this.");

    /// <summary>Only for administrators, and for the payment provider acting as one.</summary>
    public static Refusal ForAdministrators { get; } = new(RefusalKind.Forbidden, "forbidden", "Only an administrator may do this.");

    public static Refusal OriginForAdministrators { get; } = new(
        RefusalKind.Forbidden, "origin_forbidden", "Only an administrator may state the origin.", "origin");

    public static Refusal RefundNotForCustomers { get; } = new(
        RefusalKind.Forbidden, "refund_forbidden", "Only the seller or an administrator may refund money.", "refund");

    public static Refusal GivenPeriodNotForCustomers { get; } = new(
        RefusalKind.Forbidden, "given_period_forbidden", "Only the seller or an administrator may reactivate without charging.",
        "charge_now");

    public static Refusal PaymentMethodRequired { get; } = new(
        RefusalKind.Invalid, "payment_method_required", "A payment method is required, because there is something to charge.",
        "payment_method");

    public static Refusal StartInPast { get; } = new(
        RefusalKind.Invalid, "start_in_past", "start_at must not be in the past.", "start_at");

    public static Refusal StartTooFar { get; } = new(
        RefusalKind.Invalid, "start_too_far", "start_at must be within ten years.", "start_at");

    /// <summary>The subscription is canceled, expired or completed.</summary>
    public static Refusal Ended(SubscriptionStatus status) =>
        new(RefusalKind.Conflict, "subscription_ended", $"The subscription has ended ({StatusName(status)}).");

    public static Refusal CancellationScheduled { get; } = new(
        RefusalKind.Conflict, "cancellation_scheduled", "A cancellation at period end is already scheduled; undo it first, or cancel now.");

    public static Refusal NoCancellationScheduled { get; } = new(
        RefusalKind.Conflict, "no_cancellation_scheduled", "No cancellation is scheduled.");

    public static Refusal RefundNeedsImmediateCancel { get; } = new(
        RefusalKind.Invalid, "refund_needs_cancel_now", "refund requires at = now.", "refund");

    public static Refusal NotCanceled { get; } = new(
        RefusalKind.Conflict, "not_canceled", "Only a canceled or expired subscription can be reactivated.");

    public static Refusal NothingOverdue { get; } = new(RefusalKind.Conflict, "nothing_overdue", "No invoice is overdue.");

    /// <summary>An invoice that is to be retried is not overdue.</summary>
    public static Refusal InvoiceNotOverdue { get; } = new(
        RefusalKind.Conflict, "invoice_not_overdue", "The invoice is not overdue, so it cannot be retried.");

    /// <summary>An invoice that is to be retried is not the oldest overdue one.</summary>
    public static Refusal OlderInvoiceOverdue { get; } = new(
        RefusalKind.Conflict, "older_invoice_overdue", "An older invoice of the subscription is overdue; retry that one first.");

    public static Refusal RefundInFlight { get; } = new(
        RefusalKind.Conflict, "refund_in_flight", "A refund of this payment is in flight; wait for its outcome.");

    public static Refusal ChargeInFlight { get; } = new(
        RefusalKind.Conflict, "charge_in_flight", "A charge is in flight; wait for its outcome.");

    /// <summary>A card scheme rule limits declined attempts.</summary>
    public static Refusal AttemptLimit { get; } = new(
        RefusalKind.TooMany, "attempt_limit",
        "The payment method was declined 20 times within 30 days; it may be tried again once the oldest of these declines is 30 days old.");

    public static Refusal NotTrialing { get; } = new(RefusalKind.Conflict, "not_trialing", "The subscription is not in trial.");

    public static Refusal TrialEndNotLater { get; } = new(
        RefusalKind.Invalid, "trial_end_not_later", "The new trial end must be after the current one.", "trial_end");

    public static Refusal TrialTooLong { get; } = new(
        RefusalKind.Invalid, "trial_too_long", "A trial may last at most 730 days.", "trial_end");

    public static Refusal NotWhile(SubscriptionStatus status) =>
        new(RefusalKind.Conflict, "not_possible_now", $"This is not possible while the subscription is {StatusName(status)}.");

    /// <summary>More work is due than one decision can do.</summary>
    public static Refusal CatchingUp { get; } = new(
        RefusalKind.Conflict, "catching_up", "Missed periods of this subscription are being caught up; try again in a moment.");

    public static Refusal InvoiceOverdue { get; } = new(
        RefusalKind.Conflict, "invoice_overdue", "An invoice is overdue; it must be paid first.");

    public static Refusal InvoiceOpen { get; } = new(
        RefusalKind.Conflict, "invoice_open", "An invoice is still being paid; it must be paid first.");

    public static Refusal TooMuchOwed { get; } = new(
        RefusalKind.TooMany, "too_many_open_invoices", "The subscription has 100 unpaid invoices; they must be paid first.");

    public static Refusal NothingToChange { get; } = new(
        RefusalKind.Conflict, "nothing_to_change", "The subscription is already as requested.");

    /// <summary>What a change adds, together with what it leaves.</summary>
    public static Refusal TooMuchMetadata { get; } = new(
        RefusalKind.Invalid, "too_long", "metadata may have at most 50 pairs, and the subscription would have more.", "metadata");

    public static Refusal TooManyMessages { get; } = new(
        RefusalKind.Invalid, "too_many_messages", "A subscription may have at most 1,000 messages, and this one has as many.", "text");

    public static Refusal OtherProduct { get; } = new(
        RefusalKind.Invalid, "other_product", "The new offer must be of the same product.", "offer_id");

    public static Refusal OtherCurrency { get; } = new(
        RefusalKind.Invalid, "other_currency", "The new offer must be in the subscription's currency.", "offer_id");

    public static Refusal QuantityOutOfRange { get; } = new(
        RefusalKind.Invalid, "out_of_range", "A quantity must be from 1 to 1,000,000.", "quantity");

    public static Refusal UnknownAddOn { get; } = new(
        RefusalKind.Invalid, "unknown_addon", "The offer has no add-on with this id.", "addons");

    public static Refusal PriceTooHigh { get; } = new(
        RefusalKind.Invalid, "price_too_high", "A recurrence may cost at most 9,999,999,999,900 minor units.", "quantity");

    public static Refusal NoPlanChangeScheduled { get; } = new(
        RefusalKind.Conflict, "no_plan_change_scheduled", "No plan change is scheduled.");

    public static Refusal PlanChangeScheduled { get; } = new(
        RefusalKind.Conflict, "plan_change_scheduled", "A plan change is scheduled; undo it first.");

    public static Refusal PauseScheduled { get; } = new(RefusalKind.Conflict, "pause_scheduled", "A pause is scheduled; resume undoes it.");

    public static Refusal PauseEndNotLater { get; } = new(
        RefusalKind.Invalid, "pause_end_not_later", "until must be after the start of the pause.", "until");

    public static Refusal PauseTooLong { get; } = new(RefusalKind.Invalid, "pause_too_long", "A pause may last at most 730 days.", "until");

    public static Refusal NotPaused { get; } = new(RefusalKind.Conflict, "not_paused", "The subscription is not paused.");

    public static Refusal PausedForPayment { get; } = new(
        RefusalKind.Conflict, "paused_for_payment",
        "The subscription is paused because a payment is missing; a new payment method or a retry resumes it.");

    public static Refusal BillingDateInPast { get; } = new(
        RefusalKind.Invalid, "billing_date_in_past", "The next billing date must be in the future.", "next_billing_at");

    public static Refusal BillingDateTooFar { get; } = new(
        RefusalKind.Invalid, "billing_date_too_far", "The next billing date may move by at most one billing interval.", "next_billing_at");

    public static Refusal BillingDateChanged { get; } = new(
        RefusalKind.Conflict, "billing_date_changed", "The billing date was already changed in this period.");

    /// <summary>A customer gets <see cref="CouponDoesNotFit"/> instead, so that codes cannot be probed.</summary>
    public static Refusal CouponNotFound { get; } = new(
        RefusalKind.NotFound, "coupon_not_found", "The seller has no coupon with this code.", "coupon");

    /// <summary>The coupon is for another product, plan or currency. Customers get this for any coupon that they cannot use.</summary>
    public static Refusal CouponDoesNotFit { get; } = new(
        RefusalKind.Invalid, "coupon_not_valid_here", "The coupon is not valid for this offer.", "coupon");

    public static Refusal CouponNotNow { get; } = new(
        RefusalKind.Invalid, "coupon_not_valid_now", "The coupon cannot be redeemed at this time.", "coupon");

    public static Refusal CouponApplied { get; } = new(
        RefusalKind.Conflict, "coupon_applied", "The subscription already has this coupon.", "coupon");

    public static Refusal CouponExhausted { get; } = new(
        RefusalKind.Conflict, "coupon_exhausted", "The coupon has reached its maximum number of redemptions.", "coupon");

    public static Refusal TooManyDiscounts { get; } = new(
        RefusalKind.TooMany, "too_many_discounts", "The subscription has reached its maximum number of discounts.");

    public static Refusal RecurrencesOutOfRange { get; } = new(
        RefusalKind.Invalid, "out_of_range", "recurrences must be from 1 to 1,200.", "recurrences");

    public static Refusal NoRetentionOffers { get; } = new(
        RefusalKind.Conflict, "no_retention_offers", "The product has no retention offers.");

    public static Refusal NoRetentionOffer { get; } = new(
        RefusalKind.Conflict, "no_retention_offer", "There is no retention offer to accept.");

    public static Refusal UnknownMeter { get; } = new(
        RefusalKind.Invalid, "unknown_meter", "The offer has no meter with this id.", "meter");

    public static Refusal UsageTooLarge { get; } = new(
        RefusalKind.Invalid, "usage_too_large", "Usage must be from 0 to 1,000,000,000,000 units, per event and in total.", "quantity");

    public static Refusal UsageCostsTooMuch { get; } =
        new(RefusalKind.Invalid, "usage_too_large",
            "The usage of a meter in one period must not cost more than 1,000,000,000,000,000 minor units.", "quantity");

    /// <summary>Changes between many offers can add up meters within one period.</summary>
    public static Refusal TooManyMeters { get; } =
        new(RefusalKind.TooMany, "too_many_meters",
            "A period may have at most 100 meters; change at period end, or to an offer that keeps meters.", "offer_id");

    public static Refusal UsageKeyMismatch { get; } = new(
        RefusalKind.Invalid, "usage_key_mismatch", "key is required for a meter with aggregation unique, and only for that.", "key");

    public static Refusal UsageTimeOutOfRange { get; } = new(
        RefusalKind.Invalid, "usage_time_out_of_range", "at must be between the subscription's creation and now.", "at");

    /// <summary>Whether it was counted is no longer known, and nothing may be counted twice.</summary>
    public static Refusal UsageTooOld { get; } = new(
        RefusalKind.Invalid, "usage_too_old", "at is longer ago than the ids of usage events are kept.", "at");

    public static Refusal InvoiceNotFound { get; } = new(
        RefusalKind.NotFound, "invoice_not_found", "The subscription has no invoice with this number.", "invoice");

    public static Refusal PaymentNotFound { get; } = new(RefusalKind.NotFound, "payment_not_found", "There is no such payment.");

    public static Refusal NothingCollected { get; } = new(
        RefusalKind.Conflict, "nothing_to_refund", "Nothing of this invoice is left to refund.", "invoice");

    public static Refusal RefundTooLarge { get; } = new(
        RefusalKind.Invalid, "refund_too_large", "amount must be from 1 to what is left of the collected money.", "amount");

    public static Refusal UnknownLine { get; } = new(
        RefusalKind.Invalid, "unknown_line", "Each line must be a line of the invoice, counted from 1, and named only once.", "lines");

    public static Refusal LineRefundTooLarge { get; } = new(
        RefusalKind.Invalid, "line_refund_too_large",
        "The amount of a line must be from 1 to what is left of it; discounts, taxes and credits cannot be refunded alone.", "lines");

    public static Refusal LinesDoNotSum { get; } = new(RefusalKind.Invalid, "lines_do_not_sum", "The lines must sum to amount.", "lines");

    public static Refusal TooManyRefunds { get; } = new(
        RefusalKind.TooMany, "too_many_refunds", "64 refunds of this subscription are in flight; wait for them.");

    public static Refusal VoucherPending { get; } = new(RefusalKind.Conflict, "voucher_pending", "A voucher is still waiting to be paid.");

    public static Refusal NoVoucherExpired { get; } = new(
        RefusalKind.Conflict, "no_voucher_expired", "No invoice is waiting for a new voucher.");

    public static Refusal KeyReused { get; } = new(
        RefusalKind.Invalid, "idempotency_key_reused", "This Idempotency-Key was used with another request.", "Idempotency-Key");

    public static Refusal TooManyKeys { get; } = new(
        RefusalKind.TooMany, "too_many_idempotency_keys",
        "Within 24 hours, a subscription accepts 100 commands with an idempotency key from its customer, 1,000 from its seller and " +
        "1,000 from administrators; your limit is reached.");

    /// <summary>The status as the API writes it.</summary>
    public static string StatusName(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.Pending => "pending",
        SubscriptionStatus.Trialing => "trialing",
        SubscriptionStatus.Active => "active",
        SubscriptionStatus.PastDue => "past_due",
        SubscriptionStatus.Paused => "paused",
        SubscriptionStatus.Canceled => "canceled",
        SubscriptionStatus.Expired => "expired",
        SubscriptionStatus.Completed => "completed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
