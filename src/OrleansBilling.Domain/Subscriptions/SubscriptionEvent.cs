using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The point from which period boundaries are counted.</summary>
/// <param name="Local">Local date and time in the product's time zone.</param>
/// <param name="Index">Index of the period that starts there.</param>
public sealed record BillingAnchor(LocalDateTime Local, int Index);

/// <summary>The purpose of an invoice that is not for a recurrence.</summary>
public enum InvoiceReason
{
    /// <summary>A change of offer, quantity or add-ons within the period.</summary>
    PlanChange,

    /// <summary>Usage and waiting lines of a subscription that ends.</summary>
    FinalUsage,

    /// <summary>Credit for the part that a change left unused of an invoice that was paid only later.</summary>
    UnusedService,
}

/// <summary>The paid service that a change carries into its invoice.</summary>
/// <param name="Value">Paid and unused, in minor units net of tax.</param>
/// <param name="Interval">The plan's interval before the change.</param>
public sealed record CarriedService(long Value, BillingInterval Interval)
{
    /// <summary>The money behind the value; see <see cref="Subscription.ServiceMoney"/>.</summary>
    public long? Money { get; init; }

    /// <summary>The number of an unpaid invoice for the service, left by an earlier voided change; 0 for none.</summary>
    public int Owed { get; init; }

    /// <summary>Meter readings of the period that the change ends. The period continues with them if the change is voided.</summary>
    public ImmutableArray<HeldReading> Usage { get; init; } = [];
}

/// <summary>A meter of a period that may continue.</summary>
/// <param name="Reading">The reading that it continues from.</param>
/// <param name="Aggregation">How it continues to count.</param>
public sealed record HeldReading(MeterReading Reading, MeterAggregation Aggregation);

/// <summary>The part of a refund for one line of the invoice.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Amount">Minor units, including added tax.</param>
public sealed record LineRefund(int Line, long Amount);

/// <summary>An open invoice that was closed with all or part of it unpaid.</summary>
/// <param name="Invoice">The invoice's number.</param>
/// <param name="Total">Minor units that were still owed.</param>
/// <param name="Credit">Minor units of used credit that are returned.</param>
/// <param name="Tax">The tax in the owed amount and in that credit, in minor units.</param>
public sealed record ClosedInvoice(int Invoice, long Total, long Credit = 0, long Tax = 0);

/// <summary>
/// What happened to a subscription. A closed family; <see cref="SubscriptionEvolution"/> folds it. Each event carries
/// everything that the fold needs, so history never depends on today's catalog.
/// </summary>
public abstract record SubscriptionEvent
{
    private SubscriptionEvent()
    {
    }

    public required Instant At { get; init; }

    public sealed record Subscribed : SubscriptionEvent
    {
        public required string Id { get; init; }

        public required string OfferId { get; init; }

        public required int OfferVersion { get; init; }

        public required Customer Customer { get; init; }

        /// <summary>The provider's token of the payment method.</summary>
        public string? PaymentToken { get; init; }

        /// <summary>Calendar days of trial; 0 for none.</summary>
        public int TrialDays { get; init; }

        /// <summary>When it is due to start; null for at once.</summary>
        public Instant? StartAt { get; init; }

        /// <summary>Key-value pairs of the caller.</summary>
        public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

        /// <summary>Pieces of the plan.</summary>
        public int Quantity { get; init; } = 1;

        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>The affiliate who referred the subscriber.</summary>
        public string? AffiliateId { get; init; }
    }

    public sealed record TrialStarted : SubscriptionEvent
    {
        /// <summary>First instant of the trial.</summary>
        public required Instant Start { get; init; }

        /// <summary>First instant after the trial.</summary>
        public required Instant End { get; init; }

        /// <summary>When the customer is told about the first charge.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>When the end is announced.</summary>
        public Instant? AnnounceAt { get; init; }
    }

    /// <summary>The end of the trial moved: later if extended, to now if ended early.</summary>
    public sealed record TrialEndMoved : SubscriptionEvent
    {
        public required Instant End { get; init; }

        /// <summary>When the customer is told about the first charge.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>When the new end is announced; null if less than three days are left and the old end was announced.</summary>
        public Instant? AnnounceAt { get; init; }
    }

    /// <summary>Integrators are told that the trial will end, three days ahead.</summary>
    public sealed record TrialEndAnnounced : SubscriptionEvent
    {
        public required Instant End { get; init; }
    }

    /// <summary>A period started, and its one invoice was issued.</summary>
    public sealed record RecurrenceStarted : SubscriptionEvent
    {
        public required BillingPeriod Period { get; init; }

        /// <summary>The new anchor, if boundaries are counted from here; null otherwise.</summary>
        public BillingAnchor? Anchor { get; init; }

        public required IssuedInvoice Invoice { get; init; }

        /// <summary>Price of the period in minor units, net of tax and before credit.</summary>
        public long ServiceValue { get; init; }

        /// <summary>The money behind that value; see <see cref="Subscription.ServiceMoney"/>.</summary>
        public long? ServiceMoney { get; init; }

        /// <summary>Whether there was usage. It is billed with this invoice or dropped, and the meters are reset.</summary>
        public bool UsageBilled { get; init; }

        /// <summary>When the customer is told about the next renewal.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>Whether the count of recurrences restarts.</summary>
        public bool NewTerm { get; init; }

        /// <summary>Whether credit or unused time paid all of it. It counts as a paid recurrence, although no money moves.</summary>
        public bool PaidByCredit { get; init; }

        /// <summary>Set if there is no usable payment method: the invoice is overdue at once, and dunning ends at this instant.</summary>
        public Instant? GiveUpAt { get; init; }

        /// <summary>Local time at which the first part is due, if the invoice is paid in parts.</summary>
        public LocalDateTime? PartsFrom { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>An invoice was issued that is not for a recurrence but for a change within the period or for final usage.</summary>
    public sealed record InvoiceIssued : SubscriptionEvent
    {
        public required InvoiceReason Reason { get; init; }

        /// <summary>The time that it is for. The index is that of the recurrence that contains it.</summary>
        public required BillingPeriod Period { get; init; }

        public required IssuedInvoice Invoice { get; init; }

        /// <summary>The start of what <see cref="ServiceValue"/> covers; null if the service's value does not change.</summary>
        public Instant? ServedFrom { get; init; }

        /// <summary>Price of the service from <see cref="ServedFrom"/> to the end of the period, in minor units net of tax.</summary>
        public long ServiceValue { get; init; }

        /// <summary>The money behind that value; see <see cref="Subscription.ServiceMoney"/>.</summary>
        public long? ServiceMoney { get; init; }

        /// <summary>
        /// Whether the invoice resets the meters. Only old events set it, from before readings belonged to the period. What the invoice
        /// bills for meters is in its lines.
        /// </summary>
        public bool UsageBilled { get; init; }

        /// <summary>Set if there is no usable payment method: the invoice is overdue at once, and dunning ends at this instant.</summary>
        public Instant? GiveUpAt { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>A change canceled the parts of an invoice that were not due yet.</summary>
    public sealed record InvoiceReduced : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>Minor units no longer owed.</summary>
        public required long Amount { get; init; }

        /// <summary>The tax in them, in minor units.</summary>
        public long Tax { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    public sealed record PlanChanged : SubscriptionEvent
    {
        public required string OfferId { get; init; }

        public required int OfferVersion { get; init; }

        /// <summary>Pieces of the plan.</summary>
        public required int Quantity { get; init; }

        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>Minor units of the unpaid service invoice that the change leaves unused. They become credit once it is paid.</summary>
        public long UnusedWhenPaid { get; init; }

        /// <summary>
        /// The paid service left unused at this instant, and its interval. It is kept until something is paid for the change. Null if the
        /// change is not within a period.
        /// </summary>
        public CarriedService? Carried { get; init; }

        /// <summary>When the customer is told about the next renewal, or about the first charge after a trial.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>The new readings of meters that the change redefines, removes or brings back within the period.</summary>
        public ImmutableArray<MeterReading> Readings { get; init; } = [];
    }

    /// <summary>
    /// The last change of this period was unpaid when it was changed again or canceled. Its invoice is void, and the service
    /// that was really paid counts again, as if the change had never been billed.
    /// </summary>
    public sealed record ChangeVoided : SubscriptionEvent
    {
        public required ClosedInvoice Closed { get; init; }

        /// <summary>The period that continues.</summary>
        public required BillingPeriod Period { get; init; }

        /// <summary>The readings of the meters with which the period continues.</summary>
        public ImmutableArray<MeterReading> Readings { get; init; } = [];

        /// <summary>The still unused part of an unpaid invoice from before the change, in minor units. Becomes credit once paid.</summary>
        public long UnusedWhenPaid { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The offer, the quantity or the add-ons will change at the end of the period or trial.</summary>
    public sealed record PlanChangeScheduled : SubscriptionEvent
    {
        public required ScheduledChange Change { get; init; }
    }

    /// <summary>The scheduled change was undone.</summary>
    public sealed record PlanChangeUndone : SubscriptionEvent;

    /// <summary>The end of the current period moved: a plan change cut it short, or a pause moved it.</summary>
    public sealed record PeriodEndMoved : SubscriptionEvent
    {
        public required Instant End { get; init; }

        /// <summary>The anchor of the following periods; null if a new term follows at once.</summary>
        public BillingAnchor? Anchor { get; init; }

        /// <summary>The length of the pause, by which the served time moves along with the end; null if there was no pause.</summary>
        public Duration? StoodStill { get; init; }

        /// <summary>When the customer is told about the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>The subscriber moved the billing date. The next invoice bills or credits the difference.</summary>
    public sealed record BillingDateChanged : SubscriptionEvent
    {
        public required Instant End { get; init; }

        /// <summary>The anchor of the following periods.</summary>
        public required BillingAnchor Anchor { get; init; }

        /// <summary>The charge or credit for the difference.</summary>
        public required InvoiceLine Line { get; init; }

        /// <summary>The end of the paid time.</summary>
        public required Instant ServedTo { get; init; }

        /// <summary>Price of the service up to then, in minor units net of tax.</summary>
        public required long ServiceValue { get; init; }

        /// <summary>The money behind that value; see <see cref="Subscription.ServiceMoney"/>.</summary>
        public long? ServiceMoney { get; init; }

        /// <summary>When the customer is told about the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>A pause will start at the end of the period.</summary>
    public sealed record PauseScheduled : SubscriptionEvent
    {
        /// <summary>When it ends by itself; null if it lasts until resumed.</summary>
        public Instant? Until { get; init; }
    }

    /// <summary>The scheduled pause was undone.</summary>
    public sealed record PauseUndone : SubscriptionEvent;

    /// <summary>A discount on coming recurrences was granted.</summary>
    public sealed record DiscountGranted : SubscriptionEvent
    {
        public required AppliedDiscount Discount { get; init; }
    }

    public sealed record UsageRecorded : SubscriptionEvent
    {
        /// <summary>The usage events that were seen for the first time, each with how it was taken.</summary>
        public required ImmutableArray<UsageEntry> Entries { get; init; }

        /// <summary>
        /// Usage events of the same command whose id was seen before. They have no effect, and are kept to be shown.
        /// </summary>
        public ImmutableArray<UsageEntry> Doubles { get; init; } = [];

        /// <summary>The new readings of the meters concerned.</summary>
        public required ImmutableArray<MeterReading> Readings { get; init; }
    }

    /// <summary>A customer who wants to cancel was assigned a retention offer or the control group.</summary>
    public sealed record RetentionAssigned : SubscriptionEvent
    {
        public required RetentionAssignment Assignment { get; init; }
    }

    public sealed record RetentionAccepted : SubscriptionEvent
    {
        public required RetentionAssignment Assignment { get; init; }
    }

    /// <summary>The customer is told about the next renewal.</summary>
    public sealed record RenewalAlerted : SubscriptionEvent
    {
        public required Instant RenewsAt { get; init; }

        /// <summary>
        /// The expected charge in minor units: the full amount or the first installment. Later usage is not included.
        /// </summary>
        public required long Amount { get; init; }

        /// <summary>The sum of all installments in minor units; null if paid at once.</summary>
        public long? Total { get; init; }
    }

    /// <summary>A voucher was issued. The charge waits for it.</summary>
    public sealed record VoucherIssued : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        public required PaymentVoucher Voucher { get; init; }

        public required Instant AskAt { get; init; }
    }

    /// <summary>The customer is reminded of a voucher.</summary>
    public sealed record VoucherReminded : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        public required Instant ExpiresAt { get; init; }
    }

    /// <summary>A waiting voucher is not needed any more. Money that still arrives for it becomes credit.</summary>
    public sealed record VoucherWithdrawn : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }
    }

    /// <summary>Money arrived for an attempt that had been given up. It goes back, unless its invoice was still owed.</summary>
    public sealed record LatePaymentReceived : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The payment method that was charged.</summary>
        public required string Token { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Collected money of an invoice became credit of the subscription.</summary>
    public sealed record CreditGranted : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>The attempt that collected the money.</summary>
        public required int ChargeAttempt { get; init; }

        /// <summary>The credit note's number, counted from 1 within the subscription.</summary>
        public required int CreditNote { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The tax included, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>Index of the recurrence that the money had paid for.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units that the running service gives back. Null if that follows from the period: all of it for the current
        /// period's money, nothing for another period's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The lines that it covers. The rest of the amount is for the service.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];

        /// <summary>A code of the runtime, or the seller's text as an older release stored it.</summary>
        public string? Reason { get; init; }

        /// <summary>The sequence under which the seller's text is stored; null if there is none.</summary>
        public long? ReasonSequence { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The customer's bank took a charge back.</summary>
    public sealed record ChargedBack : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>Minor units of the subscription's credit that are set off against the chargeback.</summary>
        public long CreditTaken { get; init; }

        /// <summary>Index of the recurrence that the money had paid for.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units that the running service gives back. Null if that follows from the period: all of it for the current
        /// period's money, nothing for another period's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The number of the running service's invoice when the chargeback was recorded.</summary>
        public int ServiceInvoice { get; init; }

        /// <summary>
        /// Whether the dispute stays open until <see cref="ChargebackClosed"/>. Events of older versions do not store how the
        /// dispute ended.
        /// </summary>
        public bool Open { get; init; }

        /// <summary>The bank's reason, as an older release stored it.</summary>
        public string? Reason { get; init; }

        /// <summary>The sequence under which the bank's reason is stored; null if there is none.</summary>
        public long? ReasonSequence { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The dispute of a charge was decided. If won, the bank returns what it took; if lost, the money is gone.</summary>
    public sealed record ChargebackClosed : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public required int Attempt { get; init; }

        public bool Won { get; init; }

        /// <summary>Minor units returned; 0 if lost.</summary>
        public long Amount { get; init; }

        /// <summary>Minor units of set-off credit that are returned to the subscription.</summary>
        public long CreditReturned { get; init; }

        /// <summary>Minor units that the running service regains.</summary>
        public long OfService { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>An attempt to collect was decided. The provider is asked once this event is durable.</summary>
    public sealed record ChargeRequested : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>Counted from 1 within the invoice.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        public required string Token { get; init; }

        /// <summary>Whether it is a scheduled retry.</summary>
        public bool ScheduledRetry { get; init; }

        /// <summary>When to ask again if the outcome is still unknown.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>An invoice, or one part of it, was collected.</summary>
    public sealed record ChargeSucceeded : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>When the next part is tried, if the invoice is paid in parts.</summary>
        public Instant? NextPartAt { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>An attempt was declined.</summary>
    public sealed record ChargeDeclined : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        /// <summary>The provider's decline code.</summary>
        public required string Code { get; init; }

        /// <summary>Whether a retry cannot help.</summary>
        public bool Hard { get; init; }

        /// <summary>When the next automatic attempt is due; null for none.</summary>
        public Instant? NextAttemptAt { get; init; }

        /// <summary>When dunning ends without another attempt.</summary>
        public Instant? GiveUpAt { get; init; }
    }

    /// <summary>The provider could not tell the outcome of a payment. It is asked again with the same key.</summary>
    public sealed record PaymentUnknown : SubscriptionEvent
    {
        public required PaymentKind Kind { get; init; }

        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        /// <summary>Why the outcome is unknown.</summary>
        public required string Code { get; init; }

        public required Instant AskAt { get; init; }
    }

    /// <summary>The provider is asked again about a payment in flight.</summary>
    public sealed record PaymentAsked : SubscriptionEvent
    {
        public required PaymentKind Kind { get; init; }

        public required int Invoice { get; init; }

        public required int Attempt { get; init; }

        /// <summary>When to ask again if the outcome is still unknown.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>
    /// An attempt was postponed because the payment method had too many declines or a hard decline. The invoice is overdue.
    /// </summary>
    public sealed record AttemptPostponed : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>The new time of the attempt; for a blocked payment method, the end of dunning.</summary>
        public required Instant NextAttemptAt { get; init; }
    }

    /// <summary>The retries or the dunning window ran out without success.</summary>
    public sealed record DunningExhausted : SubscriptionEvent
    {
        public required int Invoice { get; init; }
    }

    /// <summary>The billing date moved to the day on which an overdue invoice was paid.</summary>
    public sealed record BillingDateMoved : SubscriptionEvent
    {
        public required BillingAnchor Anchor { get; init; }

        public required Instant PeriodEnd { get; init; }

        /// <summary>When the customer is told about the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    public sealed record PaymentMethodChanged : SubscriptionEvent
    {
        /// <summary>The provider's token of the payment method.</summary>
        public required string Token { get; init; }
    }

    public sealed record MetadataChanged : SubscriptionEvent
    {
        /// <summary>All pairs after the change; null if none are left.</summary>
        public ImmutableSortedDictionary<string, string>? Metadata { get; init; }
    }

    /// <summary>A message between the customer and the seller. Its text stands in a row of its own, which can be erased.</summary>
    public sealed record MessageSent : SubscriptionEvent
    {
        /// <summary>The message's id.</summary>
        public required string Message { get; init; }

        public required MessageSender From { get; init; }
    }

    public sealed record CancellationScheduled : SubscriptionEvent
    {
        public required Instant CancelAt { get; init; }

        /// <summary>Who cancels and why.</summary>
        public required Cancellation Cancellation { get; init; }
    }

    /// <summary>The scheduled cancellation was undone.</summary>
    public sealed record CancellationUndone : SubscriptionEvent;

    public sealed record Canceled : SubscriptionEvent
    {
        /// <summary>Who canceled and why.</summary>
        public required Cancellation Cancellation { get; init; }

        /// <summary>Open invoices that were closed: as void, or as uncollectible if the system canceled.</summary>
        public ImmutableArray<ClosedInvoice> Closed { get; init; } = [];

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The first payment never came.</summary>
    public sealed record Expired : SubscriptionEvent
    {
        /// <summary>Open invoices that were given up.</summary>
        public ImmutableArray<ClosedInvoice> Closed { get; init; } = [];

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The last recurrence ended while something is still owed. Nothing more is invoiced.</summary>
    public sealed record TermEnded : SubscriptionEvent
    {
        /// <summary>Whether there was usage. It is billed by now, and the meters are reset.</summary>
        public bool UsageBilled { get; init; }
    }

    /// <summary>All recurrences of the fixed term are over and nothing is owed.</summary>
    public sealed record Completed : SubscriptionEvent;

    public sealed record Paused : SubscriptionEvent
    {
        public required PauseReason Reason { get; init; }

        /// <summary>When the pause began, if before the event: at the end of a period that was caught up late.</summary>
        public Instant? From { get; init; }

        /// <summary>When it ends by itself; null if it lasts until resumed.</summary>
        public Instant? Until { get; init; }
    }

    /// <summary>The end of the running pause moved.</summary>
    public sealed record PauseEndMoved : SubscriptionEvent
    {
        /// <summary>When the pause ends by itself.</summary>
        public required Instant Until { get; init; }
    }

    /// <summary>The subscription continues after a pause.</summary>
    public sealed record Resumed : SubscriptionEvent;

    /// <summary>An ended subscription was reactivated.</summary>
    public sealed record Reactivated : SubscriptionEvent
    {
        /// <summary>Whether a new first period is charged.</summary>
        public required bool ChargeNow { get; init; }

        /// <summary>Whether the last period continues, because it was paid and not refunded; otherwise a new term starts.</summary>
        public bool GoesOn { get; init; }

        /// <summary>When the customer is told about the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>An invoice that stayed open when its subscription ended was closed without being collected in full.</summary>
    public sealed record InvoiceClosed : SubscriptionEvent
    {
        public required ClosedInvoice Closed { get; init; }

        /// <summary>Void or uncollectible.</summary>
        public required InvoiceStatus Status { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>A refund was decided. The provider is asked once this event is durable.</summary>
    public sealed record RefundRequested : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        /// <summary>Counted from 1 within the invoice.</summary>
        public required int Refund { get; init; }

        /// <summary>The attempt that collected the money.</summary>
        public required int ChargeAttempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The payment method that was charged.</summary>
        public required string Token { get; init; }

        /// <summary>The tax included, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>What each party gives back of its share.</summary>
        public ImmutableArray<PartyShare> Shares { get; init; } = [];

        /// <summary>Index of the recurrence that the money had paid for; 0 for money that nobody owed.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units that the running service gives back. Null if that follows from the period: all of it for the current
        /// period's money, nothing for another period's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The lines that it covers. The rest of the amount is for the service.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];

        /// <summary>A code of the runtime, or the seller's text as an older release stored it.</summary>
        public string? Reason { get; init; }

        /// <summary>The sequence under which the seller's text is stored; null if there is none.</summary>
        public long? ReasonSequence { get; init; }

        /// <summary>When to ask again if the outcome is still unknown.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>A refund succeeded.</summary>
    public sealed record RefundSucceeded : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Refund { get; init; }

        /// <summary>The credit note's number, counted from 1 within the subscription.</summary>
        public int CreditNote { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The provider declined a refund.</summary>
    public sealed record RefundFailed : SubscriptionEvent
    {
        public required int Invoice { get; init; }

        public required int Refund { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public int ChargeAttempt { get; init; }

        /// <summary>Minor units that were not refunded.</summary>
        public long Amount { get; init; }

        /// <summary>The tax in them, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>The shares that the parties keep.</summary>
        public ImmutableArray<PartyShare> Shares { get; init; } = [];

        /// <summary>The provider's decline code.</summary>
        public required string Code { get; init; }
    }
}
