using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>When something asked for takes effect.</summary>
public enum EffectiveAt
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>At the end of the running period or trial.</summary>
    PeriodEnd,
}

/// <summary>What is given back when a subscription is canceled at once.</summary>
public enum CancellationRefund
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The unused share of the current period, by elapsed time.</summary>
    Prorated,

    /// <summary>All that was collected for the current period's own service, not for usage or stretches of earlier ones.</summary>
    Full,
}

/// <summary>What can be asked of a subscription. A closed family; <see cref="SubscriptionDecider"/> judges each.</summary>
public abstract record SubscriptionCommand
{
    private SubscriptionCommand()
    {
    }

    /// <summary>Starts a subscription.</summary>
    /// <param name="Id">The new subscription's id.</param>
    /// <param name="Terms">The offer's present version.</param>
    /// <param name="Customer">Who pays.</param>
    /// <param name="PaymentToken">The provider's token; may be missing when there is a trial.</param>
    /// <param name="TrialDays">Overrides the plan's trial.</param>
    /// <param name="StartAt">When to start; null for at once.</param>
    /// <param name="Metadata">The caller's own pairs.</param>
    public sealed record Subscribe(
        string Id,
        OfferTerms Terms,
        Customer Customer,
        string? PaymentToken,
        int? TrialDays,
        Instant? StartAt,
        ImmutableSortedDictionary<string, string>? Metadata) : SubscriptionCommand
    {
        /// <summary>Pieces of the plan.</summary>
        public int Quantity { get; init; } = 1;

        /// <summary>What is bought on top.</summary>
        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>Who brought the subscriber.</summary>
        public string? AffiliateId { get; init; }

        /// <summary>A coupon, whose redemption is reserved already.</summary>
        public Coupon? Coupon { get; init; }
    }

    /// <summary>Does whatever is due by now. Waking twice changes nothing.</summary>
    public sealed record Wake : SubscriptionCommand
    {
        /// <summary>The one instance.</summary>
        public static Wake Instance { get; } = new();
    }

    /// <summary>Cancels now or at period end.</summary>
    /// <param name="At">When.</param>
    /// <param name="Reason">A reason code.</param>
    /// <param name="Comment">In the canceller's words.</param>
    /// <param name="Refund">What to give back.</param>
    /// <param name="Origin">Stated by an administrator in somebody's name; null for the caller's own role.</param>
    public sealed record Cancel(
        EffectiveAt At, string? Reason, string? Comment, CancellationRefund Refund, CancellationOrigin? Origin) : SubscriptionCommand;

    /// <summary>Undoes a cancellation that has not happened yet.</summary>
    public sealed record Uncancel : SubscriptionCommand;

    /// <summary>
    /// Goes on with the period in which a canceled subscription ended, where that was paid, not refunded and is not over;
    /// otherwise starts a new first period.
    /// </summary>
    /// <param name="ChargeNow">Whether a new period is charged; without, it is given.</param>
    /// <param name="PaymentToken">A new payment method.</param>
    public sealed record Reactivate(bool ChargeNow, string? PaymentToken) : SubscriptionCommand;

    /// <summary>Tries the oldest overdue invoice at once.</summary>
    public sealed record Retry : SubscriptionCommand;

    /// <summary>Ends the trial now; the first paid period starts.</summary>
    public sealed record EndTrial : SubscriptionCommand;

    /// <summary>Moves the end of the trial to a later instant.</summary>
    /// <param name="TrialEnd">The new end; null with <paramref name="Days"/>.</param>
    /// <param name="Days">Calendar days to add; null with <paramref name="TrialEnd"/>.</param>
    public sealed record ExtendTrial(Instant? TrialEnd, int? Days) : SubscriptionCommand;

    /// <summary>Changes the payment method; overdue invoices are tried at once.</summary>
    /// <param name="Token">The provider's token.</param>
    public sealed record ChangePaymentMethod(string Token) : SubscriptionCommand;

    /// <summary>Changes the offer, the quantity or the add-ons.</summary>
    /// <param name="At">When: now, prorated; or at the end of the period or trial.</param>
    /// <param name="Terms">The new offer's present version; null keeps the offer and its version.</param>
    /// <param name="Quantity">Pieces of the plan; null keeps them.</param>
    /// <param name="AddOns">What is bought on top, all of it; null keeps what the new offer still sells.</param>
    /// <param name="TrialEnds">During a trial, whether it ends with the change; otherwise it goes on.</param>
    public sealed record ChangePlan(
        EffectiveAt At, OfferTerms? Terms, int? Quantity, ImmutableArray<AddOnQuantity>? AddOns,
        bool TrialEnds = false) : SubscriptionCommand;

    /// <summary>Undoes a plan change that has not happened yet.</summary>
    public sealed record UndoPlanChange : SubscriptionCommand;

    /// <summary>Pauses now or at the end of the period; now, with an end, it moves the end of a pause that runs.</summary>
    /// <param name="At">When.</param>
    /// <param name="Until">When it goes on by itself; null for when it is resumed.</param>
    public sealed record Pause(EffectiveAt At, Instant? Until) : SubscriptionCommand;

    /// <summary>Ends a pause that was asked for, or undoes one that has not begun.</summary>
    public sealed record Resume : SubscriptionCommand;

    /// <summary>
    /// Moves the end of the current period, and so the next charge; the stretch in between is prorated. Exactly one of
    /// the two.
    /// </summary>
    /// <param name="NextBillingAt">The new instant.</param>
    /// <param name="Date">The new day in the product's time zone, at the present time of day.</param>
    public sealed record ChangeBillingDate(Instant? NextBillingAt, LocalDate? Date) : SubscriptionCommand;

    /// <summary>Applies a coupon, whose redemption is reserved already, from the next recurrence on.</summary>
    /// <param name="Coupon">The coupon.</param>
    public sealed record ApplyCoupon(Coupon Coupon) : SubscriptionCommand;

    /// <summary>Gives the next recurrences away.</summary>
    /// <param name="Recurrences">How many.</param>
    public sealed record GiveRecurrences(int Recurrences) : SubscriptionCommand;

    /// <summary>Asks what the customer is offered instead of canceling.</summary>
    /// <param name="Reason">The reason code.</param>
    /// <param name="Preferred">The variant that saved most so far, by position from 1; null when nobody knows yet.</param>
    public sealed record AskRetention(string? Reason, int? Preferred) : SubscriptionCommand
    {
        /// <summary>Variants by position from 1 whose cheaper offer is not there, or cannot be changed to.</summary>
        public ImmutableArray<int> Unavailable { get; init; } = [];
    }

    /// <summary>Accepts the retention offer; a cancellation that is scheduled is undone.</summary>
    /// <param name="Terms">The present version of the offer that a cheaper-plan variant names; null otherwise.</param>
    public sealed record AcceptRetention(OfferTerms? Terms) : SubscriptionCommand;

    /// <summary>Counts metered usage; events whose id was counted before change nothing.</summary>
    /// <param name="Entries">The events.</param>
    public sealed record RecordUsage(ImmutableArray<UsageEntry> Entries) : SubscriptionCommand
    {
        /// <summary>The most events of one command.</summary>
        public const int EntriesMax = 1_000;
    }

    /// <summary>Gives money of an invoice back.</summary>
    /// <param name="Invoice">The invoice's number.</param>
    /// <param name="Amount">Minor units; null for all that is left, or for what the lines sum to.</param>
    /// <param name="ToCredit">Whether it becomes credit of the subscription instead of going back to the payment method.</param>
    /// <param name="Reason">In the seller's words.</param>
    public sealed record RefundInvoice(int Invoice, long? Amount, bool ToCredit, string? Reason) : SubscriptionCommand
    {
        /// <summary>The most lines of one refund.</summary>
        public const int LinesMax = 100;

        /// <summary>Of which lines; empty for the service first.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];
    }

    /// <summary>Issues a new voucher for the oldest overdue invoice.</summary>
    public sealed record RequestVoucher : SubscriptionCommand;

    /// <summary>The provider calls to say how a payment ended, asked or not: a voucher that was paid, even after it expired here.</summary>
    /// <param name="Invoice">The invoice's number.</param>
    /// <param name="Attempt">The attempt's number.</param>
    /// <param name="Outcome">What the provider says; never unknown.</param>
    public sealed record ConfirmPayment(int Invoice, int Attempt, PaymentOutcome Outcome) : SubscriptionCommand;

    /// <summary>The customer's bank took a charge back, or the dispute of it was decided.</summary>
    /// <param name="Invoice">The invoice's number.</param>
    /// <param name="Attempt">The attempt that collected the money.</param>
    /// <param name="Reason">The bank's reason code.</param>
    public sealed record RecordChargeback(int Invoice, int Attempt, string? Reason) : SubscriptionCommand
    {
        /// <summary>Minor units that the bank took; null for all. Never more is taken than is left.</summary>
        public long? Amount { get; init; }

        /// <summary>How it stands.</summary>
        public DisputeStatus Outcome { get; init; }
    }

    /// <summary>The outcome of a payment in flight, as the provider reported it.</summary>
    /// <param name="Kind">Charge or refund.</param>
    /// <param name="Invoice">The invoice's number.</param>
    /// <param name="Attempt">The attempt's number.</param>
    /// <param name="Outcome">What the provider said.</param>
    public sealed record RecordPayment(PaymentKind Kind, int Invoice, int Attempt, PaymentOutcome Outcome) : SubscriptionCommand;
}

/// <summary>What a payment provider says of a charge or refund.</summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <summary>The money moved.</summary>
    public sealed record Succeeded : PaymentOutcome;

    /// <summary>The money did not move and will not under this key.</summary>
    /// <param name="Code">The provider's code.</param>
    /// <param name="Hard">Whether trying again cannot help (lost, stolen, closed, invalid, not permitted, revoked).</param>
    public sealed record Declined(string Code, bool Hard) : PaymentOutcome;

    /// <summary>A voucher was issued and waits to be paid.</summary>
    /// <param name="Reference">What the customer pays by; null where the provider names nothing.</param>
    public sealed record Pending(string? Reference) : PaymentOutcome;

    /// <summary>Nobody knows yet: time-out or lost connection. Ask again with the same key.</summary>
    /// <param name="Code">Why.</param>
    public sealed record Unknown(string Code) : PaymentOutcome;
}

/// <summary>A usage event.</summary>
/// <param name="Id">The caller's own id; counted once per subscription.</param>
/// <param name="Meter">The meter's id within the offer.</param>
/// <param name="Quantity">Units, from 0.</param>
/// <param name="At">When it was used; null for now.</param>
/// <param name="Key">For a meter that counts different keys, the key.</param>
public sealed record UsageEntry(string Id, string Meter, long Quantity, Instant? At, string? Key);
