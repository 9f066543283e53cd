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
    public static Refusal AlreadyExists { get; } = new(RefusalKind.Conflict, "subscription_exists", "A subscription with this id exists already.", "id");

    /// <summary>No such offer, or not the caller's to sell.</summary>
    public static Refusal OfferNotFound { get; } = new(RefusalKind.NotFound, "offer_not_found", "There is no offer with this id.", "offer_id");

    /// <summary>Only sellers and administrators.</summary>
    public static Refusal NotForCustomers { get; } = new(RefusalKind.Forbidden, "forbidden", "Only the seller or an administrator may do this.");

    /// <summary>Only administrators.</summary>
    public static Refusal OriginForAdministrators { get; } = new(RefusalKind.Forbidden, "origin_forbidden", "Only an administrator may state the origin.", "origin");

    /// <summary>Money goes back by the seller's or the operator's decision only.</summary>
    public static Refusal RefundNotForCustomers { get; } = new(RefusalKind.Forbidden, "refund_forbidden", "Only the seller or an administrator may give money back.", "refund");

    /// <summary>A period is given away by the seller or the operator only.</summary>
    public static Refusal GivenPeriodNotForCustomers { get; } = new(RefusalKind.Forbidden, "given_period_forbidden", "Only the seller or an administrator may reactivate without charging.", "charge_now");

    /// <summary>Without a trial, the first charge needs a payment method.</summary>
    public static Refusal PaymentMethodRequired { get; } = new(RefusalKind.Invalid, "payment_method_required", "A payment method is required, because there is something to charge.", "payment_method");

    /// <summary>A start in the past is not supported.</summary>
    public static Refusal StartInPast { get; } = new(RefusalKind.Invalid, "start_in_past", "start_at must not lie in the past.", "start_at");

    /// <summary>A start too far ahead.</summary>
    public static Refusal StartTooFar { get; } = new(RefusalKind.Invalid, "start_too_far", "start_at must lie within ten years.", "start_at");

    /// <summary>Already cancelled, expired or completed.</summary>
    public static Refusal Ended(SubscriptionStatus status) => new(RefusalKind.Conflict, "subscription_ended", $"The subscription has ended ({StatusName(status)}).");

    /// <summary>A cancellation is scheduled already.</summary>
    public static Refusal CancellationScheduled { get; } = new(RefusalKind.Conflict, "cancellation_scheduled", "A cancellation at period end is scheduled already; undo it first, or cancel now.");

    /// <summary>Nothing to undo.</summary>
    public static Refusal NoCancellationScheduled { get; } = new(RefusalKind.Conflict, "no_cancellation_scheduled", "No cancellation is scheduled.");

    /// <summary>A refund goes with an immediate cancellation only.</summary>
    public static Refusal RefundNeedsImmediateCancel { get; } = new(RefusalKind.Invalid, "refund_needs_cancel_now", "refund goes with at = now only.", "refund");

    /// <summary>Nothing was collected that could be refunded.</summary>
    public static Refusal NothingToRefund { get; } = new(RefusalKind.Conflict, "nothing_to_refund", "Nothing was collected for the current period.", "refund");

    /// <summary>Only a cancelled or expired subscription can be reactivated.</summary>
    public static Refusal NotCanceled { get; } = new(RefusalKind.Conflict, "not_canceled", "Only a canceled or expired subscription can be reactivated.");

    /// <summary>Nothing is overdue.</summary>
    public static Refusal NothingOverdue { get; } = new(RefusalKind.Conflict, "nothing_overdue", "No invoice is overdue.");

    /// <summary>A charge is in flight; its outcome comes first.</summary>
    public static Refusal ChargeInFlight { get; } = new(RefusalKind.Conflict, "charge_in_flight", "A charge is in flight; its outcome comes first.");

    /// <summary>Card scheme rule: too many declined attempts.</summary>
    public static Refusal AttemptLimit { get; } = new(RefusalKind.TooMany, "attempt_limit", "The payment method was declined 20 times within 30 days; it may not be tried again before the oldest of these is 30 days old.");

    /// <summary>Not in trial.</summary>
    public static Refusal NotTrialing { get; } = new(RefusalKind.Conflict, "not_trialing", "The subscription is not in trial.");

    /// <summary>A trial can only be extended.</summary>
    public static Refusal TrialEndNotLater { get; } = new(RefusalKind.Invalid, "trial_end_not_later", "The new trial end must lie after the present one.", "trial_end");

    /// <summary>A trial that would never end.</summary>
    public static Refusal TrialTooLong { get; } = new(RefusalKind.Invalid, "trial_too_long", "A trial may last 730 days at most.", "trial_end");

    /// <summary>The same key came with another request.</summary>
    public static Refusal KeyReused { get; } = new(RefusalKind.Invalid, "idempotency_key_reused", "This Idempotency-Key was used with another request.", "Idempotency-Key");

    /// <summary>Too many keyed commands within a day.</summary>
    public static Refusal TooManyKeys { get; } = new(RefusalKind.TooMany, "too_many_idempotency_keys", "This subscription took 1,000 commands with an idempotency key within 24 hours.");

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
