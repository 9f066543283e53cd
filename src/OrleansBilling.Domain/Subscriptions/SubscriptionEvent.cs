using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>From where period boundaries are counted.</summary>
/// <param name="Local">Local date and time in the product's zone.</param>
/// <param name="Index">The period that starts there.</param>
public sealed record BillingAnchor(LocalDateTime Local, int Index);

/// <summary>What an invoice that is no recurrence's is for.</summary>
public enum InvoiceReason
{
    /// <summary>A change of offer, quantity or add-ons within the period.</summary>
    PlanChange,

    /// <summary>Usage, and what else waited for the next invoice, of a subscription that ends.</summary>
    FinalUsage,

    /// <summary>What a change had left unused of an invoice that was paid only later.</summary>
    UnusedService,
}

/// <summary>What a change carries into its invoice.</summary>
/// <param name="Value">Paid and unused, net of tax, in minor units.</param>
/// <param name="Interval">How often the plan recurred before the change.</param>
public sealed record CarriedService(long Value, BillingInterval Interval)
{
    /// <summary>The number of an invoice that a voided change before it left owed for the service; 0 for none.</summary>
    public int Owed { get; init; }

    /// <summary>What the meters of a period read that ends with the change: it goes on with them, should the change be voided.</summary>
    public ImmutableArray<HeldReading> Usage { get; init; } = [];
}

/// <summary>A meter of a period that may go on.</summary>
/// <param name="Reading">From where.</param>
/// <param name="Aggregation">How it counts from then on.</param>
public sealed record HeldReading(MeterReading Reading, MeterAggregation Aggregation);

/// <summary>A part of a refund that was for one line of the invoice.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Amount">Minor units, with the tax that was added to it.</param>
public sealed record LineRefund(int Line, long Amount);

/// <summary>An open invoice that was closed unpaid, or with parts unpaid.</summary>
/// <param name="Invoice">Its number.</param>
/// <param name="Total">Minor units that were still owed.</param>
/// <param name="Credit">Minor units of credit that it had used up and gives back.</param>
/// <param name="Tax">Tax in what was owed and in that credit, in minor units.</param>
public sealed record ClosedInvoice(int Invoice, long Total, long Credit = 0, long Tax = 0);

/// <summary>
/// What happened to a subscription. A closed family; <see cref="SubscriptionEvolution"/> folds it, and each carries
/// everything that the fold needs, so that history never depends on today's catalog.
/// </summary>
public abstract record SubscriptionEvent
{
    private SubscriptionEvent()
    {
    }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>The subscription was created.</summary>
    public sealed record Subscribed : SubscriptionEvent
    {
        /// <summary>The subscription's id.</summary>
        public required string Id { get; init; }

        /// <summary>The offer.</summary>
        public required string OfferId { get; init; }

        /// <summary>The offer's version.</summary>
        public required int OfferVersion { get; init; }

        /// <summary>Who pays.</summary>
        public required Customer Customer { get; init; }

        /// <summary>The provider's token.</summary>
        public string? PaymentToken { get; init; }

        /// <summary>Calendar days of trial.</summary>
        public int TrialDays { get; init; }

        /// <summary>When it is to start; null for at once.</summary>
        public Instant? StartAt { get; init; }

        /// <summary>The caller's own pairs.</summary>
        public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

        /// <summary>Pieces of the plan.</summary>
        public int Quantity { get; init; } = 1;

        /// <summary>What was bought on top.</summary>
        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>Who brought the subscriber.</summary>
        public string? AffiliateId { get; init; }
    }

    /// <summary>The trial started.</summary>
    public sealed record TrialStarted : SubscriptionEvent
    {
        /// <summary>First instant of the trial.</summary>
        public required Instant Start { get; init; }

        /// <summary>First instant after the trial.</summary>
        public required Instant End { get; init; }

        /// <summary>When the customer is told of the first charge.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>The end of the trial moved: later when extended, to the present when ended early.</summary>
    public sealed record TrialEndMoved : SubscriptionEvent
    {
        /// <summary>The new end.</summary>
        public required Instant End { get; init; }

        /// <summary>When the customer is told of the first charge.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>A period started, and its one invoice was issued.</summary>
    public sealed record RecurrenceStarted : SubscriptionEvent
    {
        /// <summary>The period.</summary>
        public required BillingPeriod Period { get; init; }

        /// <summary>A new anchor, when counting starts over.</summary>
        public BillingAnchor? Anchor { get; init; }

        /// <summary>What it costs.</summary>
        public required IssuedInvoice Invoice { get; init; }

        /// <summary>Price of the period net of tax and before credit, in minor units.</summary>
        public long ServiceValue { get; init; }

        /// <summary>Whether there was usage, which is billed with it or dropped, and counting starts over.</summary>
        public bool UsageBilled { get; init; }

        /// <summary>When the customer is told of the next renewal.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>Whether counting of recurrences starts over.</summary>
        public bool NewTerm { get; init; }

        /// <summary>Whether credit, or unused time, paid all of it: a paid recurrence, although no money moves.</summary>
        public bool PaidByCredit { get; init; }

        /// <summary>Without a usable payment method, the invoice is overdue from the start, until then.</summary>
        public Instant? GiveUpAt { get; init; }

        /// <summary>Local time of the first part's due date, of an invoice paid in parts.</summary>
        public LocalDateTime? PartsFrom { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Something else than a recurrence was invoiced: a change within the period, last usage.</summary>
    public sealed record InvoiceIssued : SubscriptionEvent
    {
        /// <summary>What for.</summary>
        public required InvoiceReason Reason { get; init; }

        /// <summary>The stretch that it is for; the index is that of the recurrence in which it lies.</summary>
        public required BillingPeriod Period { get; init; }

        /// <summary>What it costs.</summary>
        public required IssuedInvoice Invoice { get; init; }

        /// <summary>From when on <see cref="ServiceValue"/> counts; null when what counted before goes on.</summary>
        public Instant? ServedFrom { get; init; }

        /// <summary>Price of the service from <see cref="ServedFrom"/> to the end of the period, net of tax, in minor units.</summary>
        public long ServiceValue { get; init; }

        /// <summary>
        /// Whether counting starts over with it. So it was before readings belonged to the period: only events of then say
        /// so; what the invoice bills for meters stands in its lines.
        /// </summary>
        public bool UsageBilled { get; init; }

        /// <summary>Without a usable payment method, the invoice is overdue from the start, until then.</summary>
        public Instant? GiveUpAt { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Parts of an invoice that were not due yet fell away with a change.</summary>
    public sealed record InvoiceReduced : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>Minor units that are no longer owed.</summary>
        public required long Amount { get; init; }

        /// <summary>Tax in them, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Offer, quantity or add-ons changed.</summary>
    public sealed record PlanChanged : SubscriptionEvent
    {
        /// <summary>The offer.</summary>
        public required string OfferId { get; init; }

        /// <summary>Its version.</summary>
        public required int OfferVersion { get; init; }

        /// <summary>Pieces of the plan.</summary>
        public required int Quantity { get; init; }

        /// <summary>What is bought on top.</summary>
        public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

        /// <summary>Minor units of the open service invoice that the change leaves unused; credit once it is paid.</summary>
        public long UnusedWhenPaid { get; init; }

        /// <summary>
        /// What is paid and unused at this instant, net of tax, in minor units, and with which interval: kept until something
        /// is paid for the change. Null where the change is not within a period.
        /// </summary>
        public CarriedService? Carried { get; init; }

        /// <summary>When the customer is told of the next renewal, or of the first charge after a trial.</summary>
        public Instant? AlertAt { get; init; }

        /// <summary>Of meters that the change defines anew, takes away or brings back within the period: from where they go on.</summary>
        public ImmutableArray<MeterReading> Readings { get; init; } = [];
    }

    /// <summary>
    /// Nothing was paid for the last change of this period, and it was changed again or canceled: its invoice is void,
    /// and what was really paid counts again, as if that change had never been billed.
    /// </summary>
    public sealed record ChangeVoided : SubscriptionEvent
    {
        /// <summary>The invoice.</summary>
        public required ClosedInvoice Closed { get; init; }

        /// <summary>The period that goes on.</summary>
        public required BillingPeriod Period { get; init; }

        /// <summary>Of meters with which the period goes on: from where.</summary>
        public ImmutableArray<MeterReading> Readings { get; init; } = [];

        /// <summary>Minor units of an invoice that was owed before the change which are still unused: credit once it is paid.</summary>
        public long UnusedWhenPaid { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Offer, quantity or add-ons will change at the end of the period or trial.</summary>
    public sealed record PlanChangeScheduled : SubscriptionEvent
    {
        /// <summary>To what.</summary>
        public required ScheduledChange Change { get; init; }
    }

    /// <summary>The scheduled change will not happen.</summary>
    public sealed record PlanChangeUndone : SubscriptionEvent;

    /// <summary>The current period ends at another instant: cut short by a plan change, or moved by a pause.</summary>
    public sealed record PeriodEndMoved : SubscriptionEvent
    {
        /// <summary>The new end.</summary>
        public required Instant End { get; init; }

        /// <summary>From where the following periods are counted; null when a new term follows at once.</summary>
        public BillingAnchor? Anchor { get; init; }

        /// <summary>By how much service stood still: what was served moves along with the end; null when it did not.</summary>
        public Duration? StoodStill { get; init; }

        /// <summary>When the customer is told of the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>The subscriber moved the billing date; the next invoice carries the stretch in between.</summary>
    public sealed record BillingDateChanged : SubscriptionEvent
    {
        /// <summary>The new end of the current period.</summary>
        public required Instant End { get; init; }

        /// <summary>From where the following periods are counted.</summary>
        public required BillingAnchor Anchor { get; init; }

        /// <summary>The charge or credit for the stretch.</summary>
        public required InvoiceLine Line { get; init; }

        /// <summary>Until when what was paid lasts.</summary>
        public required Instant ServedTo { get; init; }

        /// <summary>Price of the service up to then, net of tax, in minor units.</summary>
        public required long ServiceValue { get; init; }

        /// <summary>When the customer is told of the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>A pause will begin at the end of the period.</summary>
    public sealed record PauseScheduled : SubscriptionEvent
    {
        /// <summary>When it ends by itself; null for when it is resumed.</summary>
        public Instant? Until { get; init; }
    }

    /// <summary>The scheduled pause will not begin.</summary>
    public sealed record PauseUndone : SubscriptionEvent;

    /// <summary>Recurrences get cheaper.</summary>
    public sealed record DiscountGranted : SubscriptionEvent
    {
        /// <summary>The discount.</summary>
        public required AppliedDiscount Discount { get; init; }
    }

    /// <summary>Metered usage was counted.</summary>
    public sealed record UsageRecorded : SubscriptionEvent
    {
        /// <summary>What was counted.</summary>
        public required ImmutableArray<UsageEntry> Entries { get; init; }

        /// <summary>What the meters concerned read now.</summary>
        public required ImmutableArray<MeterReading> Readings { get; init; }
    }

    /// <summary>A customer who wants to cancel was assigned a retention offer, or to the control group.</summary>
    public sealed record RetentionAssigned : SubscriptionEvent
    {
        /// <summary>Which.</summary>
        public required RetentionAssignment Assignment { get; init; }
    }

    /// <summary>The retention offer was accepted.</summary>
    public sealed record RetentionAccepted : SubscriptionEvent
    {
        /// <summary>Which.</summary>
        public required RetentionAssignment Assignment { get; init; }
    }

    /// <summary>The customer is to be told of the coming renewal.</summary>
    public sealed record RenewalAlerted : SubscriptionEvent
    {
        /// <summary>When it renews.</summary>
        public required Instant RenewsAt { get; init; }

        /// <summary>
        /// What will be charged as things stand, in minor units: of what is paid in parts the first. Usage is still to
        /// come.
        /// </summary>
        public required long Amount { get; init; }

        /// <summary>What all parts come to, in minor units, where it is paid in parts; null where it is paid at once.</summary>
        public long? Total { get; init; }
    }

    /// <summary>A voucher was issued; the charge waits for it.</summary>
    public sealed record VoucherIssued : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>The voucher.</summary>
        public required PaymentVoucher Voucher { get; init; }

        /// <summary>When the provider is asked again.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>The customer is to be reminded of a voucher.</summary>
    public sealed record VoucherReminded : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>When the voucher expires.</summary>
        public required Instant ExpiresAt { get; init; }
    }

    /// <summary>A voucher that waited is not needed any more; money that comes for it all the same becomes credit.</summary>
    public sealed record VoucherWithdrawn : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }
    }

    /// <summary>Money came in for an attempt that had been given up; it goes back, unless its invoice was still owed.</summary>
    public sealed record LatePaymentReceived : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The payment method that paid.</summary>
        public required string Token { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Money of an invoice became credit of the subscription.</summary>
    public sealed record CreditGranted : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt that collected the money.</summary>
        public required int ChargeAttempt { get; init; }

        /// <summary>Counted from 1 within the subscription.</summary>
        public required int CreditNote { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>Tax in it, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>Index of the recurrence that the money had paid for.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units of it that the service which runs gives back, where that is neither all of its own period's
        /// money nor nothing of another's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The lines that it is for; what stands here for no line is for the service.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];

        /// <summary>In the seller's words.</summary>
        public string? Reason { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The customer's bank took a charge back.</summary>
    public sealed record ChargedBack : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>Minor units of the subscription's credit that are set off against it.</summary>
        public long CreditTaken { get; init; }

        /// <summary>Index of the recurrence that the money had paid for.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units of it that the service which runs gives back, where that is neither all of its own period's
        /// money nor nothing of another's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The number of the service's invoice when it was recorded.</summary>
        public int ServiceInvoice { get; init; }

        /// <summary>
        /// Whether the dispute goes on until <see cref="ChargebackClosed"/>; events of older versions do not say how it
        /// ended.
        /// </summary>
        public bool Open { get; init; }

        /// <summary>The bank's reason code.</summary>
        public string? Reason { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The dispute of a charge ended: won, what the bank took is put back; lost, it stays there.</summary>
    public sealed record ChargebackClosed : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public required int Attempt { get; init; }

        /// <summary>Whether the seller won.</summary>
        public bool Won { get; init; }

        /// <summary>Minor units that are put back; 0 where it was lost.</summary>
        public long Amount { get; init; }

        /// <summary>Minor units of the subscription's credit that were set off and come back.</summary>
        public long CreditReturned { get; init; }

        /// <summary>Minor units of it that the service which runs has again.</summary>
        public long OfService { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>An attempt to collect was decided. The provider is asked after this is durable.</summary>
    public sealed record ChargeRequested : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>Counted from 1 within the invoice.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The payment method.</summary>
        public required string Token { get; init; }

        /// <summary>Whether it is a retry by schedule.</summary>
        public bool ScheduledRetry { get; init; }

        /// <summary>When to ask again unless the outcome is known by then.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>An invoice, or a part of it, was collected.</summary>
    public sealed record ChargeSucceeded : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>When the next part is tried, of an invoice paid in parts.</summary>
        public Instant? NextPartAt { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>An attempt was declined.</summary>
    public sealed record ChargeDeclined : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>The provider's code.</summary>
        public required string Code { get; init; }

        /// <summary>Whether trying again cannot help.</summary>
        public bool Hard { get; init; }

        /// <summary>When it is tried again by itself.</summary>
        public Instant? NextAttemptAt { get; init; }

        /// <summary>When dunning ends without a further attempt.</summary>
        public Instant? GiveUpAt { get; init; }
    }

    /// <summary>The provider could not say how a payment ended; it is asked again with the same key.</summary>
    public sealed record PaymentUnknown : SubscriptionEvent
    {
        /// <summary>Charge or refund.</summary>
        public required PaymentKind Kind { get; init; }

        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>Why.</summary>
        public required string Code { get; init; }

        /// <summary>When to ask again.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>The provider is asked again about a payment in flight.</summary>
    public sealed record PaymentAsked : SubscriptionEvent
    {
        /// <summary>Charge or refund.</summary>
        public required PaymentKind Kind { get; init; }

        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>When to ask yet again unless the outcome is known by then.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>An attempt was put off, because the payment method was declined too often, or for good; its invoice is overdue.</summary>
    public sealed record AttemptPostponed : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>When it is tried instead; for a blocked payment method, when its dunning ends.</summary>
        public required Instant NextAttemptAt { get; init; }
    }

    /// <summary>Retries or window were used up without success.</summary>
    public sealed record DunningExhausted : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }
    }

    /// <summary>The billing date moved to the day on which an overdue invoice was paid.</summary>
    public sealed record BillingDateMoved : SubscriptionEvent
    {
        /// <summary>The new anchor.</summary>
        public required BillingAnchor Anchor { get; init; }

        /// <summary>The new end of the current period.</summary>
        public required Instant PeriodEnd { get; init; }

        /// <summary>When the customer is told of the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>Another payment method is used from now on; overdue invoices are tried at once.</summary>
    public sealed record PaymentMethodChanged : SubscriptionEvent
    {
        /// <summary>The provider's token.</summary>
        public required string Token { get; init; }
    }

    /// <summary>A cancellation will happen.</summary>
    public sealed record CancellationScheduled : SubscriptionEvent
    {
        /// <summary>When.</summary>
        public required Instant CancelAt { get; init; }

        /// <summary>By whom and why.</summary>
        public required Cancellation Cancellation { get; init; }
    }

    /// <summary>The scheduled cancellation will not happen.</summary>
    public sealed record CancellationUndone : SubscriptionEvent;

    /// <summary>The subscription was canceled.</summary>
    public sealed record Canceled : SubscriptionEvent
    {
        /// <summary>By whom and why.</summary>
        public required Cancellation Cancellation { get; init; }

        /// <summary>Open invoices that were closed: void, or uncollectible where dunning was exhausted.</summary>
        public ImmutableArray<ClosedInvoice> Closed { get; init; } = [];

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The first payment never came.</summary>
    public sealed record Expired : SubscriptionEvent
    {
        /// <summary>Open invoices that were given up.</summary>
        public ImmutableArray<ClosedInvoice> Closed { get; init; } = [];

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The last recurrence ended while something is still owed; nothing more is invoiced.</summary>
    public sealed record TermEnded : SubscriptionEvent
    {
        /// <summary>Whether there was usage, which is billed by now: its meters do not go on.</summary>
        public bool UsageBilled { get; init; }
    }

    /// <summary>The fixed number of recurrences was reached, and nothing is owed.</summary>
    public sealed record Completed : SubscriptionEvent;

    /// <summary>The subscription stands still.</summary>
    public sealed record Paused : SubscriptionEvent
    {
        /// <summary>Why.</summary>
        public required PauseReason Reason { get; init; }

        /// <summary>When it began, where that was earlier than the event: at the end of a period that was caught up late.</summary>
        public Instant? From { get; init; }

        /// <summary>When it goes on by itself; null for when it is resumed.</summary>
        public Instant? Until { get; init; }
    }

    /// <summary>The pause that runs will end at another instant.</summary>
    public sealed record PauseEndMoved : SubscriptionEvent
    {
        /// <summary>When it ends by itself.</summary>
        public required Instant Until { get; init; }
    }

    /// <summary>The subscription runs again after a pause.</summary>
    public sealed record Resumed : SubscriptionEvent;

    /// <summary>A new term starts on an ended subscription.</summary>
    public sealed record Reactivated : SubscriptionEvent
    {
        /// <summary>Whether its first period is charged.</summary>
        public required bool ChargeNow { get; init; }

        /// <summary>Whether the period in which it ended goes on, for it was paid and not refunded; otherwise a new term begins.</summary>
        public bool GoesOn { get; init; }

        /// <summary>When the customer is told of the next renewal.</summary>
        public Instant? AlertAt { get; init; }
    }

    /// <summary>An invoice that closed with its subscription was not collected after all: the last charge was declined.</summary>
    public sealed record InvoiceClosed : SubscriptionEvent
    {
        /// <summary>The invoice and what was owed.</summary>
        public required ClosedInvoice Closed { get; init; }

        /// <summary>Void, or uncollectible.</summary>
        public required InvoiceStatus Status { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>Money is to be given back. The provider is asked after this is durable.</summary>
    public sealed record RefundRequested : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>Counted from 1 within the invoice.</summary>
        public required int Refund { get; init; }

        /// <summary>The attempt that collected the money.</summary>
        public required int ChargeAttempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>The payment method that paid.</summary>
        public required string Token { get; init; }

        /// <summary>Tax in it, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>What each party gives back of its share.</summary>
        public ImmutableArray<PartyShare> Shares { get; init; } = [];

        /// <summary>Index of the recurrence that the money had paid for; 0 for money that nobody owed.</summary>
        public int Period { get; init; }

        /// <summary>
        /// Minor units of it that the service which runs gives back, where that is neither all of its own period's
        /// money nor nothing of another's.
        /// </summary>
        public long? OfService { get; init; }

        /// <summary>The lines that it is for; what stands here for no line is for the service.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];

        /// <summary>In the seller's words.</summary>
        public string? Reason { get; init; }

        /// <summary>When to ask again unless the outcome is known by then.</summary>
        public required Instant AskAt { get; init; }
    }

    /// <summary>Money was given back.</summary>
    public sealed record RefundSucceeded : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The refund's number.</summary>
        public required int Refund { get; init; }

        /// <summary>The credit note's number, counted from 1 within the subscription.</summary>
        public int CreditNote { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

        /// <summary>Balanced bookings.</summary>
        public ImmutableArray<Posting> Postings { get; init; } = [];
    }

    /// <summary>The provider refused to give money back.</summary>
    public sealed record RefundFailed : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The refund's number.</summary>
        public required int Refund { get; init; }

        /// <summary>The attempt that had collected the money.</summary>
        public int ChargeAttempt { get; init; }

        /// <summary>Minor units that did not move.</summary>
        public long Amount { get; init; }

        /// <summary>Tax in them, in minor units.</summary>
        public long Tax { get; init; }

        /// <summary>What the parties of the split keep.</summary>
        public ImmutableArray<PartyShare> Shares { get; init; } = [];

        /// <summary>The provider's code.</summary>
        public required string Code { get; init; }
    }
}
