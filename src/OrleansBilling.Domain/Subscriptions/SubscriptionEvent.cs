using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>From where period boundaries are counted.</summary>
/// <param name="Local">Local date and time in the product's zone.</param>
/// <param name="Index">The period that starts there.</param>
public sealed record BillingAnchor(LocalDateTime Local, int Index);

/// <summary>An open invoice that was closed unpaid.</summary>
/// <param name="Invoice">Its number.</param>
/// <param name="Total">Minor units that were owed.</param>
public sealed record ClosedInvoice(int Invoice, long Total);

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
    }

    /// <summary>The trial started.</summary>
    public sealed record TrialStarted : SubscriptionEvent
    {
        /// <summary>First instant of the trial.</summary>
        public required Instant Start { get; init; }

        /// <summary>First instant after the trial.</summary>
        public required Instant End { get; init; }
    }

    /// <summary>The end of the trial moved: later when extended, to the present when ended early.</summary>
    public sealed record TrialEndMoved : SubscriptionEvent
    {
        /// <summary>The new end.</summary>
        public required Instant End { get; init; }
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

        /// <summary>Without a usable payment method, the invoice is overdue from the start, until then.</summary>
        public Instant? GiveUpAt { get; init; }

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

    /// <summary>An invoice was collected.</summary>
    public sealed record ChargeSucceeded : SubscriptionEvent
    {
        /// <summary>The invoice's number.</summary>
        public required int Invoice { get; init; }

        /// <summary>The attempt's number.</summary>
        public required int Attempt { get; init; }

        /// <summary>Minor units.</summary>
        public required long Amount { get; init; }

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

    /// <summary>The subscription was cancelled.</summary>
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
    public sealed record TermEnded : SubscriptionEvent;

    /// <summary>The fixed number of recurrences was reached, and nothing is owed.</summary>
    public sealed record Completed : SubscriptionEvent;

    /// <summary>The subscription stands still.</summary>
    public sealed record Paused : SubscriptionEvent
    {
        /// <summary>Why.</summary>
        public required PauseReason Reason { get; init; }
    }

    /// <summary>The subscription runs again after a pause.</summary>
    public sealed record Resumed : SubscriptionEvent;

    /// <summary>A new term starts on an ended subscription.</summary>
    public sealed record Reactivated : SubscriptionEvent
    {
        /// <summary>Whether its first period is charged.</summary>
        public required bool ChargeNow { get; init; }
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

        /// <summary>The provider's code.</summary>
        public required string Code { get; init; }
    }
}
