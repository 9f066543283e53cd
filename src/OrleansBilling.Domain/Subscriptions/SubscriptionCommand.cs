using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>When a command takes effect.</summary>
public enum EffectiveAt
{
    Now,

    /// <summary>At the end of the running period or trial.</summary>
    PeriodEnd,
}

/// <summary>What is refunded when a subscription is canceled immediately.</summary>
public enum CancellationRefund
{
    None,

    /// <summary>The unused share of the current period, by elapsed time.</summary>
    Prorated,

    /// <summary>Everything collected for the current period's own service, without usage or extra time of earlier periods.</summary>
    Full,
}

/// <summary>Commands to a subscription. A closed family; <see cref="SubscriptionDecider"/> decides each of them.</summary>
public abstract record SubscriptionCommand
{
    private SubscriptionCommand()
    {
    }

    /// <param name="Terms">The offer's current version.</param>
    /// <param name="PaymentToken">The provider's token. May be null if there is a trial or nothing to charge.</param>
    /// <param name="TrialDays">Overrides the plan's trial; null to use it.</param>
    /// <param name="StartAt">When to start; null for at once.</param>
    /// <param name="Metadata">Key-value pairs of the caller.</param>
    public sealed record Subscribe(
        string Id,
        OfferTerms Terms,
        Customer Customer,
        string? PaymentToken,
        int? TrialDays,
        Instant? StartAt,
        ImmutableSortedDictionary<string, string>? Metadata) : SubscriptionCommand
    {
        public int Quantity { get; init; } = 1;

        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>The affiliate who referred the subscriber.</summary>
        public string? AffiliateId { get; init; }

        /// <summary>A coupon whose redemption is already reserved.</summary>
        public Coupon? Coupon { get; init; }

        /// <summary>What is archived of the terms; null if they are on sale.</summary>
        public ArchivedPart? Archived { get; init; }
    }

    /// <summary>Does all work that is due by now. Waking twice changes nothing.</summary>
    public sealed record Wake : SubscriptionCommand
    {
        public static Wake Instance { get; } = new();
    }

    /// <param name="Reason">A reason code.</param>
    /// <param name="Comment">Free text from whoever cancels, stored in a row of its own: events and state have only its sequence.</param>
    /// <param name="Origin">Set by an administrator who acts for somebody else; null for the caller's own role.</param>
    public sealed record Cancel(
        EffectiveAt At, string? Reason, string? Comment, CancellationRefund Refund, CancellationOrigin? Origin) : SubscriptionCommand;

    /// <summary>Undoes a scheduled cancellation.</summary>
    public sealed record Uncancel : SubscriptionCommand;

    /// <summary>
    /// Continues the period in which the subscription was canceled, if that is paid, not refunded and not over. Otherwise starts
    /// a new first period.
    /// </summary>
    /// <param name="ChargeNow">Whether a new period is charged; otherwise it is free.</param>
    /// <param name="PaymentToken">A new payment method; null to keep the old one.</param>
    public sealed record Reactivate(bool ChargeNow, string? PaymentToken) : SubscriptionCommand;

    /// <summary>Tries the oldest overdue invoice at once.</summary>
    public sealed record Retry : SubscriptionCommand;

    /// <summary>Tries one invoice at once, if it is the oldest overdue one.</summary>
    /// <param name="Invoice">The invoice's number within the subscription.</param>
    public sealed record RetryInvoice(int Invoice) : SubscriptionCommand;

    /// <summary>Ends the trial now; the first paid period starts.</summary>
    public sealed record EndTrial : SubscriptionCommand;

    /// <summary>Moves the end of the trial to a later instant.</summary>
    /// <param name="TrialEnd">The new end; null with <paramref name="Days"/>.</param>
    /// <param name="Days">Calendar days to add; null with <paramref name="TrialEnd"/>.</param>
    public sealed record ExtendTrial(Instant? TrialEnd, int? Days) : SubscriptionCommand;

    /// <summary>Changes the payment method. The oldest overdue invoice is tried at once.</summary>
    public sealed record ChangePaymentMethod(string Token) : SubscriptionCommand;

    /// <param name="At">Now (prorated), or at the end of the period or trial.</param>
    /// <param name="Terms">The current version of the new offer; null to keep the offer and its version.</param>
    /// <param name="Quantity">Pieces of the plan; null to keep them.</param>
    /// <param name="AddOns">The complete list of add-ons; null to keep those that the new offer also sells.</param>
    /// <param name="TrialEnds">During a trial, whether the change ends it; otherwise the trial continues.</param>
    public sealed record ChangePlan(
        EffectiveAt At, OfferTerms? Terms, int? Quantity, ImmutableArray<AddOnQuantity>? AddOns,
        bool TrialEnds = false) : SubscriptionCommand
    {
        /// <summary>What is archived of the new terms; null if they are on sale.</summary>
        public ArchivedPart? Archived { get; init; }
    }

    /// <summary>
    /// Changes the metadata. It names only what changes, and the subscription merges it into what it has, so that two changes of
    /// different names lose nothing.
    /// </summary>
    /// <param name="Changes">The new value of each name; null removes the name.</param>
    /// <param name="RemovesOthers">Whether every name that is not in <paramref name="Changes"/> is removed too.</param>
    public sealed record ChangeMetadata(
        ImmutableSortedDictionary<string, string?> Changes, bool RemovesOthers = false) : SubscriptionCommand;

    /// <summary>
    /// Sends a message between the customer and the seller. Its text is personal data: it is stored with the commit in a row of its own,
    /// and neither the event nor the state has it.
    /// </summary>
    /// <param name="Id">The message's id.</param>
    public sealed record SendMessage(string Id, string Text) : SubscriptionCommand;

    /// <summary>Undoes a scheduled plan change.</summary>
    public sealed record UndoPlanChange : SubscriptionCommand;

    /// <summary>Pauses now or at the end of the period. During a pause, pausing now with an end moves the end of the pause.</summary>
    /// <param name="Until">When the pause ends by itself; null to pause until resumed.</param>
    public sealed record Pause(EffectiveAt At, Instant? Until) : SubscriptionCommand;

    /// <summary>Ends a pause on request, or undoes a scheduled one.</summary>
    public sealed record Resume : SubscriptionCommand;

    /// <summary>
    /// Moves the end of the current period, and so the next charge. The difference is prorated. Exactly one parameter is set.
    /// </summary>
    /// <param name="NextBillingAt">The new instant.</param>
    /// <param name="Date">The new day in the product's time zone, at the current time of day of billing.</param>
    public sealed record ChangeBillingDate(Instant? NextBillingAt, LocalDate? Date) : SubscriptionCommand;

    /// <summary>Applies a coupon, whose redemption is already reserved, from the next recurrence on.</summary>
    public sealed record ApplyCoupon(Coupon Coupon) : SubscriptionCommand;

    /// <summary>Gives the next recurrences for free.</summary>
    public sealed record GiveRecurrences(int Recurrences) : SubscriptionCommand;

    /// <summary>Asks for a retention offer instead of canceling.</summary>
    /// <param name="Reason">The reason code for canceling.</param>
    /// <param name="Preferred">Position, from 1, of the variant that saved the most so far; null if not known yet.</param>
    public sealed record AskRetention(string? Reason, int? Preferred) : SubscriptionCommand
    {
        /// <summary>Positions, from 1, of variants whose cheaper offer does not exist or cannot be changed to.</summary>
        public ImmutableArray<int> Unavailable { get; init; } = [];
    }

    /// <summary>Accepts the retention offer. A scheduled cancellation is undone.</summary>
    /// <param name="Terms">The current version of the offer that a cheaper-plan variant names; null for other variants.</param>
    public sealed record AcceptRetention(OfferTerms? Terms) : SubscriptionCommand;

    /// <summary>Counts metered usage. Events whose id was counted before change nothing.</summary>
    public sealed record RecordUsage(ImmutableArray<UsageEntry> Entries) : SubscriptionCommand
    {
        /// <summary>The most events in one command.</summary>
        public const int EntriesMax = 1_000;
    }

    /// <summary>Refunds money of an invoice.</summary>
    /// <param name="Amount">Minor units; null for everything left, or for the sum of the lines.</param>
    /// <param name="ToCredit">Whether the money becomes the subscription's credit instead of going to the payment method.</param>
    /// <param name="Reason">Free text from the seller, stored like a comment.</param>
    public sealed record RefundInvoice(int Invoice, long? Amount, bool ToCredit, string? Reason) : SubscriptionCommand
    {
        /// <summary>The most lines in one refund.</summary>
        public const int LinesMax = 100;

        /// <summary>The lines to refund; empty to refund the service first.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];
    }

    /// <summary>Issues a new voucher for the oldest overdue invoice.</summary>
    public sealed record RequestVoucher : SubscriptionCommand;

    /// <summary>The provider reports the outcome of a payment on its own, such as a voucher paid after it expired here.</summary>
    /// <param name="Outcome">Never unknown.</param>
    public sealed record ConfirmPayment(int Invoice, int Attempt, PaymentOutcome Outcome) : SubscriptionCommand;

    /// <summary>A customer's bank took a charge back, or its dispute was decided.</summary>
    /// <param name="Attempt">The attempt that collected the money.</param>
    /// <param name="Reason">The bank's reason: a code, but any text is taken, so it is stored like a comment.</param>
    public sealed record RecordChargeback(int Invoice, int Attempt, string? Reason) : SubscriptionCommand
    {
        /// <summary>Minor units that the bank took; null for everything. At most what is left is taken.</summary>
        public long? Amount { get; init; }

        public DisputeStatus Outcome { get; init; }
    }

    /// <summary>The outcome of a payment in flight, as reported by the provider.</summary>
    public sealed record RecordPayment(PaymentKind Kind, int Invoice, int Attempt, PaymentOutcome Outcome) : SubscriptionCommand;
}

/// <summary>A payment provider's answer about a charge or refund.</summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <summary>The money moved.</summary>
    public sealed record Succeeded : PaymentOutcome;

    /// <summary>The money did not move and will not move under this key.</summary>
    /// <param name="Code">The provider's decline code.</param>
    /// <param name="Hard">Whether a retry cannot help (lost, stolen, closed, invalid, not permitted, revoked).</param>
    public sealed record Declined(string Code, bool Hard) : PaymentOutcome;

    /// <summary>A voucher was issued and waits to be paid.</summary>
    /// <param name="Reference">What the customer pays with; null if the provider gave none.</param>
    public sealed record Pending(string? Reference) : PaymentOutcome;

    /// <summary>The outcome is not known: a timeout or a lost connection. Ask again with the same key.</summary>
    /// <param name="Code">Why it is unknown.</param>
    public sealed record Unknown(string Code) : PaymentOutcome;
}

/// <param name="Id">The caller's id of the event. Counted once per subscription.</param>
/// <param name="Meter">The meter's id within the offer.</param>
/// <param name="Quantity">Units, not negative.</param>
/// <param name="At">When the usage happened; null for now.</param>
/// <param name="Key">The key, for a meter that counts distinct keys; null otherwise.</param>
public sealed record UsageEntry(string Id, string Meter, long Quantity, Instant? At, string? Key)
{
    /// <summary>How a recorded event was taken; null in commands, and for events that a release before this field recorded.</summary>
    public UsageOutcome? Outcome { get; init; }
}
