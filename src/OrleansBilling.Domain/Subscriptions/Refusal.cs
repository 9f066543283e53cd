namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The kinds of refusal, each with one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>What was asked breaks a rule whatever the state.</summary>
    Invalid,

    /// <summary>There is no such thing, or the caller may not know of it.</summary>
    NotFound,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The subscription's present state does not allow it.</summary>
    Conflict,

    /// <summary>A limit is reached; later it may go.</summary>
    TooMany,
}

/// <summary>Why a command had no effect. A value, never an exception.</summary>
/// <param name="Kind">Its family.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Field">The field at fault, where one is.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail, string? Field = null)
{
    /// <summary>No such subscription, or not the caller's.</summary>
    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "subscription_not_found", "There is no subscription with this id.");

    /// <summary>The id is taken.</summary>
    public static Refusal AlreadyExists { get; } = new(
        RefusalKind.Conflict, "subscription_exists", "A subscription with this id exists already.", "id");

    /// <summary>No such offer, or not the caller's to sell.</summary>
    public static Refusal OfferNotFound { get; } = new(
        RefusalKind.NotFound, "offer_not_found", "There is no offer with this id.", "offer_id");

    /// <summary>Only sellers and administrators.</summary>
    public static Refusal NotForCustomers { get; } = new(
        RefusalKind.Forbidden, "forbidden", "Only the seller or an administrator may do this.");

    /// <summary>Only administrators, and the payment provider in their name.</summary>
    public static Refusal ForAdministrators { get; } = new(RefusalKind.Forbidden, "forbidden", "Only an administrator may do this.");

    /// <summary>Only administrators.</summary>
    public static Refusal OriginForAdministrators { get; } = new(
        RefusalKind.Forbidden, "origin_forbidden", "Only an administrator may state the origin.", "origin");

    /// <summary>Money goes back by the seller's or the operator's decision only.</summary>
    public static Refusal RefundNotForCustomers { get; } = new(
        RefusalKind.Forbidden, "refund_forbidden", "Only the seller or an administrator may give money back.", "refund");

    /// <summary>A period is given away by the seller or the operator only.</summary>
    public static Refusal GivenPeriodNotForCustomers { get; } = new(
        RefusalKind.Forbidden, "given_period_forbidden", "Only the seller or an administrator may reactivate without charging.",
        "charge_now");

    /// <summary>Without a trial, the first charge needs a payment method.</summary>
    public static Refusal PaymentMethodRequired { get; } = new(
        RefusalKind.Invalid, "payment_method_required", "A payment method is required, because there is something to charge.",
        "payment_method");

    /// <summary>A start in the past is not supported.</summary>
    public static Refusal StartInPast { get; } = new(
        RefusalKind.Invalid, "start_in_past", "start_at must not lie in the past.", "start_at");

    /// <summary>A start too far ahead.</summary>
    public static Refusal StartTooFar { get; } = new(
        RefusalKind.Invalid, "start_too_far", "start_at must lie within ten years.", "start_at");

    /// <summary>Already canceled, expired or completed.</summary>
    public static Refusal Ended(SubscriptionStatus status) =>
        new(RefusalKind.Conflict, "subscription_ended", $"The subscription has ended ({StatusName(status)}).");

    /// <summary>A cancellation is scheduled already.</summary>
    public static Refusal CancellationScheduled { get; } = new(
        RefusalKind.Conflict, "cancellation_scheduled", "A cancellation at period end is scheduled already; undo it first, or cancel now.");

    /// <summary>Nothing to undo.</summary>
    public static Refusal NoCancellationScheduled { get; } = new(
        RefusalKind.Conflict, "no_cancellation_scheduled", "No cancellation is scheduled.");

    /// <summary>A refund goes with an immediate cancellation only.</summary>
    public static Refusal RefundNeedsImmediateCancel { get; } = new(
        RefusalKind.Invalid, "refund_needs_cancel_now", "refund goes with at = now only.", "refund");

    /// <summary>Only a canceled or expired subscription can be reactivated.</summary>
    public static Refusal NotCanceled { get; } = new(
        RefusalKind.Conflict, "not_canceled", "Only a canceled or expired subscription can be reactivated.");

    /// <summary>Nothing is overdue.</summary>
    public static Refusal NothingOverdue { get; } = new(RefusalKind.Conflict, "nothing_overdue", "No invoice is overdue.");

    /// <summary>A refund of that money is in flight.</summary>
    public static Refusal RefundInFlight { get; } = new(
        RefusalKind.Conflict, "refund_in_flight", "A refund of this payment is in flight; its outcome comes first.");

    /// <summary>A charge is in flight; its outcome comes first.</summary>
    public static Refusal ChargeInFlight { get; } = new(
        RefusalKind.Conflict, "charge_in_flight", "A charge is in flight; its outcome comes first.");

    /// <summary>Card scheme rule: too many declined attempts.</summary>
    public static Refusal AttemptLimit { get; } = new(
        RefusalKind.TooMany, "attempt_limit",
        "The payment method was declined 20 times within 30 days; it may not be tried again before the oldest of these is 30 days old.");

    /// <summary>Not in trial.</summary>
    public static Refusal NotTrialing { get; } = new(RefusalKind.Conflict, "not_trialing", "The subscription is not in trial.");

    /// <summary>A trial can only be extended.</summary>
    public static Refusal TrialEndNotLater { get; } = new(
        RefusalKind.Invalid, "trial_end_not_later", "The new trial end must lie after the present one.", "trial_end");

    /// <summary>A trial that would never end.</summary>
    public static Refusal TrialTooLong { get; } = new(
        RefusalKind.Invalid, "trial_too_long", "A trial may last 730 days at most.", "trial_end");

    /// <summary>The present status does not allow it.</summary>
    public static Refusal NotWhile(SubscriptionStatus status) =>
        new(RefusalKind.Conflict, "not_possible_now", $"This is not possible while the subscription is {StatusName(status)}.");

    /// <summary>More is due than one decision does.</summary>
    public static Refusal CatchingUp { get; } = new(
        RefusalKind.Conflict, "catching_up", "Missed periods of this subscription are being caught up; try again in a moment.");

    /// <summary>What is overdue comes first.</summary>
    public static Refusal InvoiceOverdue { get; } = new(RefusalKind.Conflict, "invoice_overdue", "An invoice is overdue; it comes first.");

    /// <summary>What is owed comes first.</summary>
    public static Refusal InvoiceOpen { get; } = new(
        RefusalKind.Conflict, "invoice_open", "An invoice is still being paid; it comes first.");

    /// <summary>As much is owed as may be.</summary>
    public static Refusal TooMuchOwed { get; } = new(
        RefusalKind.TooMany, "too_many_open_invoices", "100 invoices of this subscription are owed; they come first.");

    /// <summary>Nothing would change.</summary>
    public static Refusal NothingToChange { get; } = new(
        RefusalKind.Conflict, "nothing_to_change", "This is what the subscription has already.");

    /// <summary>Only within a product.</summary>
    public static Refusal OtherProduct { get; } = new(
        RefusalKind.Invalid, "other_product", "The new offer must be of the same product.", "offer_id");

    /// <summary>One currency per subscription.</summary>
    public static Refusal OtherCurrency { get; } = new(
        RefusalKind.Invalid, "other_currency", "The new offer must be in the subscription's currency.", "offer_id");

    /// <summary>Pieces out of range.</summary>
    public static Refusal QuantityOutOfRange { get; } = new(
        RefusalKind.Invalid, "out_of_range", "A quantity must be from 1 to 1,000,000.", "quantity");

    /// <summary>The offer does not sell it.</summary>
    public static Refusal UnknownAddOn { get; } = new(
        RefusalKind.Invalid, "unknown_addon", "The offer has no add-on with this id.", "addons");

    /// <summary>Far beyond any sensible price.</summary>
    public static Refusal PriceTooHigh { get; } = new(
        RefusalKind.Invalid, "price_too_high", "A recurrence may cost 9,999,999,999,900 minor units at most.", "quantity");

    /// <summary>Nothing to undo.</summary>
    public static Refusal NoPlanChangeScheduled { get; } = new(
        RefusalKind.Conflict, "no_plan_change_scheduled", "No plan change is scheduled.");

    /// <summary>A change is scheduled.</summary>
    public static Refusal PlanChangeScheduled { get; } = new(
        RefusalKind.Conflict, "plan_change_scheduled", "A plan change is scheduled; undo it first.");

    /// <summary>A pause is scheduled.</summary>
    public static Refusal PauseScheduled { get; } = new(RefusalKind.Conflict, "pause_scheduled", "A pause is scheduled; resume undoes it.");

    /// <summary>A pause that would end before it begins.</summary>
    public static Refusal PauseEndNotLater { get; } = new(
        RefusalKind.Invalid, "pause_end_not_later", "until must lie after the beginning of the pause.", "until");

    /// <summary>A pause that would never end.</summary>
    public static Refusal PauseTooLong { get; } = new(RefusalKind.Invalid, "pause_too_long", "A pause may last 730 days at most.", "until");

    /// <summary>Not paused.</summary>
    public static Refusal NotPaused { get; } = new(RefusalKind.Conflict, "not_paused", "The subscription is not paused.");

    /// <summary>Paused for want of money.</summary>
    public static Refusal PausedForPayment { get; } = new(
        RefusalKind.Conflict, "paused_for_payment",
        "The subscription is paused because a payment is missing; a payment method, or a retry, resumes it.");

    /// <summary>Time goes forward only.</summary>
    public static Refusal BillingDateInPast { get; } = new(
        RefusalKind.Invalid, "billing_date_in_past", "The next billing date must lie in the future.", "next_billing_at");

    /// <summary>At most one interval later.</summary>
    public static Refusal BillingDateTooFar { get; } = new(
        RefusalKind.Invalid, "billing_date_too_far", "The next billing date may move by one billing interval at most.", "next_billing_at");

    /// <summary>Once per period.</summary>
    public static Refusal BillingDateChanged { get; } = new(
        RefusalKind.Conflict, "billing_date_changed", "The billing date was changed in this period already.");

    /// <summary>The seller has no coupon with this code. A customer is told <see cref="CouponDoesNotFit"/> instead.</summary>
    public static Refusal CouponNotFound { get; } = new(
        RefusalKind.NotFound, "coupon_not_found", "The seller has no coupon with this code.", "coupon");

    /// <summary>Another product's, plan's or currency's coupon; to a customer, any that cannot be had.</summary>
    public static Refusal CouponDoesNotFit { get; } = new(
        RefusalKind.Invalid, "coupon_not_valid_here", "The coupon is not good for this offer.", "coupon");

    /// <summary>Too early or too late.</summary>
    public static Refusal CouponNotNow { get; } = new(
        RefusalKind.Invalid, "coupon_not_valid_now", "The coupon cannot be redeemed at this time.", "coupon");

    /// <summary>Applied before.</summary>
    public static Refusal CouponApplied { get; } = new(
        RefusalKind.Conflict, "coupon_applied", "The subscription has this coupon already.", "coupon");

    /// <summary>All redemptions are taken.</summary>
    public static Refusal CouponExhausted { get; } = new(
        RefusalKind.Conflict, "coupon_exhausted", "The coupon was redeemed as often as it may be.", "coupon");

    /// <summary>Too many discounts at a time.</summary>
    public static Refusal TooManyDiscounts { get; } = new(
        RefusalKind.TooMany, "too_many_discounts", "The subscription has as many discounts as it may have.");

    /// <summary>Gifts have bounds.</summary>
    public static Refusal RecurrencesOutOfRange { get; } = new(
        RefusalKind.Invalid, "out_of_range", "recurrences must be from 1 to 1,200.", "recurrences");

    /// <summary>The product has none.</summary>
    public static Refusal NoRetentionOffers { get; } = new(
        RefusalKind.Conflict, "no_retention_offers", "The product has no retention offers.");

    /// <summary>Nothing was offered.</summary>
    public static Refusal NoRetentionOffer { get; } = new(
        RefusalKind.Conflict, "no_retention_offer", "There is no retention offer to accept.");

    /// <summary>The offer does not meter this.</summary>
    public static Refusal UnknownMeter { get; } = new(
        RefusalKind.Invalid, "unknown_meter", "The offer has no meter with this id.", "meter");

    /// <summary>Units beyond any sense.</summary>
    public static Refusal UsageTooLarge { get; } = new(
        RefusalKind.Invalid, "usage_too_large", "Usage must be from 0 to 1,000,000,000,000 units, also added up.", "quantity");

    /// <summary>A price beyond any sense.</summary>
    public static Refusal UsageCostsTooMuch { get; } =
        new(RefusalKind.Invalid, "usage_too_large",
            "What a meter reads in a period must not cost more than 1,000,000,000,000,000 minor units.", "quantity");

    /// <summary>Meters of many offers within one period.</summary>
    public static Refusal TooManyMeters { get; } =
        new(RefusalKind.TooMany, "too_many_meters", "A period has 100 meters at most; change at its end, or keep meters.", "offer_id");

    /// <summary>A unique meter counts keys, and no other does.</summary>
    public static Refusal UsageKeyMismatch { get; } = new(
        RefusalKind.Invalid, "usage_key_mismatch", "key goes with a meter of aggregation unique, and only with that.", "key");

    /// <summary>Not yet, or before its time.</summary>
    public static Refusal UsageTimeOutOfRange { get; } = new(
        RefusalKind.Invalid, "usage_time_out_of_range", "at must lie between the subscription's creation and now.", "at");

    /// <summary>No such invoice.</summary>
    public static Refusal InvoiceNotFound { get; } = new(
        RefusalKind.NotFound, "invoice_not_found", "The subscription has no invoice with this number.", "invoice");

    /// <summary>No such payment.</summary>
    public static Refusal PaymentNotFound { get; } = new(RefusalKind.NotFound, "payment_not_found", "There is no such payment.");

    /// <summary>Nothing left to give back.</summary>
    public static Refusal NothingCollected { get; } = new(
        RefusalKind.Conflict, "nothing_to_refund", "Nothing of this invoice is left to be given back.", "invoice");

    /// <summary>More than what is left.</summary>
    public static Refusal RefundTooLarge { get; } = new(
        RefusalKind.Invalid, "refund_too_large", "amount must be from 1 to what is left of the collected money.", "amount");

    /// <summary>No such line, or named twice.</summary>
    public static Refusal UnknownLine { get; } = new(
        RefusalKind.Invalid, "unknown_line", "Each line must be one of the invoice's, counted from 1, and be named once.", "lines");

    /// <summary>More than the line has left.</summary>
    public static Refusal LineRefundTooLarge { get; } = new(
        RefusalKind.Invalid, "line_refund_too_large",
        "The amount of a line must be from 1 to what is left of it; discounts, taxes and credits are not refunded by themselves.", "lines");

    /// <summary>The lines do not make up the amount.</summary>
    public static Refusal LinesDoNotSum { get; } = new(RefusalKind.Invalid, "lines_do_not_sum", "The lines must sum to amount.", "lines");

    /// <summary>Too many refunds in flight.</summary>
    public static Refusal TooManyRefunds { get; } = new(
        RefusalKind.TooMany, "too_many_refunds", "64 refunds of this subscription are in flight; wait for them.");

    /// <summary>A voucher is waiting to be paid.</summary>
    public static Refusal VoucherPending { get; } = new(RefusalKind.Conflict, "voucher_pending", "A voucher is still waiting to be paid.");

    /// <summary>No voucher has expired.</summary>
    public static Refusal NoVoucherExpired { get; } = new(
        RefusalKind.Conflict, "no_voucher_expired", "No invoice waits for a new voucher.");

    /// <summary>The same key came with another request.</summary>
    public static Refusal KeyReused { get; } = new(
        RefusalKind.Invalid, "idempotency_key_reused", "This Idempotency-Key was used with another request.", "Idempotency-Key");

    /// <summary>Too many keyed commands of one role within a day.</summary>
    public static Refusal TooManyKeys { get; } = new(
        RefusalKind.TooMany, "too_many_idempotency_keys",
        "Within 24 hours a subscription takes 100 commands with an idempotency key from its customer, 1,000 from its seller and 1,000 from administrators; yours are used up.");

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
