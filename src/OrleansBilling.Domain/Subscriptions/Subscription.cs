using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The paying customer.</summary>
/// <param name="Email">
/// The mail address that a command names. States and events have none: what makes a person known stands in the customer's own row.
/// Those of older releases still have one.
/// </param>
/// <param name="Country">ISO 3166-1 alpha-2 code, for taxes.</param>
public sealed record Customer(string Id, string? Email, string? Country = null)
{
    /// <summary>Only what a state and its events may hold.</summary>
    public Customer WithoutPerson() => Email is null ? this : this with { Email = null };
}

/// <summary>A declined attempt. Card schemes limit how many a payment method may have.</summary>
public sealed record DeclinedAttempt(string Token, Instant At);

/// <summary>
/// One customer's standing order for one offer. It is the state of one grain and the fold of its events. Immutable.
/// </summary>
public sealed record Subscription
{
    /// <summary>The most refunds in flight at a time.</summary>
    public const int RefundsInFlightMax = 64;

    /// <summary>The most pieces of a plan or of an add-on.</summary>
    public const int QuantityMax = 1_000_000;

    /// <summary>The most unpaid invoices at a time. When the next period starts, the system cancels instead.</summary>
    public const int OpenInvoicesMax = 100;

    /// <summary>The most key-value pairs of the caller.</summary>
    public const int MetadataPairsMax = 50;

    /// <summary>The state as it is stored: what makes a person known stands in the customer's own row.</summary>
    public Subscription WithoutPerson() => Customer.Email is null ? this : this with { Customer = Customer.WithoutPerson() };

    /// <summary>The comment that an older release left in the state; null today.</summary>
    public string? OldComment => Cancellation?.Comment ?? CancellationScheduled?.Cancellation.Comment;

    /// <summary>The state as it is stored: the comment of an older release is stored under this sequence instead.</summary>
    public Subscription WithoutComment(long sequence) => OldComment is null
        ? this
        : this with
        {
            Cancellation = Cancellation?.WithoutText(sequence),
            CancellationScheduled = CancellationScheduled is { } scheduled
                ? scheduled with { Cancellation = scheduled.Cancellation.WithoutText(sequence) }
                : null,
        };

    public required string Id { get; init; }

    /// <summary>The number of events so far. The journal uses it for its version check.</summary>
    public long Version { get; init; }

    public SubscriptionStatus Status { get; init; }

    public required string OfferId { get; init; }

    /// <summary>The version of the offer that the subscription runs on.</summary>
    public required int OfferVersion { get; init; }

    /// <summary>Pieces (seats) of the plan. Each costs the offer's price.</summary>
    public int Quantity { get; init; } = 1;

    /// <summary>Ordered add-ons, sorted by id.</summary>
    public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

    /// <summary>The affiliate who referred the subscriber; gets the affiliate's share of the revenue split.</summary>
    public string? AffiliateId { get; init; }

    /// <summary>The plan change that takes effect at the end of the period or trial.</summary>
    public ScheduledChange? ScheduledChange { get; init; }

    public required Customer Customer { get; init; }

    /// <summary>The provider's token of the payment method.</summary>
    public string? PaymentToken { get; init; }

    /// <summary>Whether the payment method had a hard decline. It is not tried again automatically.</summary>
    public bool PaymentBlocked { get; init; }

    /// <summary>Key-value pairs of the caller.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    public Instant CreatedAt { get; init; }

    /// <summary>When its last event happened. No later event gets an earlier time, even if the clock is set back.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>When it is due to start; null if it started at once.</summary>
    public Instant? StartAt { get; init; }

    /// <summary>When service started: with the trial, or with the first paid period.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>Calendar days of the initial trial.</summary>
    public int TrialDays { get; init; }

    public Instant? TrialStart { get; init; }

    public Instant? TrialEnd { get; init; }

    /// <summary>Local date and time from which period boundaries are counted.</summary>
    public LocalDateTime? Anchor { get; init; }

    /// <summary>Index of the period that starts at <see cref="Anchor"/>.</summary>
    public int AnchorIndex { get; init; }

    /// <summary>Index of the first period of this term. A reactivation starts a new term.</summary>
    public int TermStartIndex { get; init; } = 1;

    /// <summary>Whether the last recurrence is over and the subscription waits only for money that is still owed.</summary>
    public bool TermEnded { get; init; }

    /// <summary>The running period, or the last one.</summary>
    public BillingPeriod? CurrentPeriod { get; init; }

    /// <summary>The start of what <see cref="ServiceValue"/> covers; null for the start of the period.</summary>
    public Instant? ServedFrom { get; init; }

    /// <summary>
    /// Price of the service from <see cref="ServedFrom"/> to the end of the current period, in minor units net of tax. A change
    /// within the period gives back the unused share by elapsed time.
    /// </summary>
    public long ServiceValue { get; init; }

    /// <summary>
    /// The money behind <see cref="ServiceValue"/>, in minor units including added tax: what invoices collected or collect for it,
    /// and what unused time brought along. Null if no tax is added, or if it was not stored yet: then it is the value with its taxes.
    /// </summary>
    public long? ServiceMoney { get; init; }

    /// <summary>The number of the invoice that bills <see cref="ServiceValue"/>.</summary>
    public int ServiceInvoice { get; init; }

    /// <summary>
    /// Minor units of the current period's money that went back since then, including tax. They are not given back a second
    /// time.
    /// </summary>
    public long ServiceReturned { get; init; }

    /// <summary>The service that was really paid, while the last change is unpaid; null if there is no unpaid change.</summary>
    public PaidService? Before { get; init; }

    /// <summary>
    /// Whether its last period was paid when it ended. A reactivation within that period continues it, unless money went back.
    /// </summary>
    public bool EndedPaid { get; init; }

    /// <summary>The end of what <see cref="ServiceValue"/> covers; null for the end of the period.</summary>
    public Instant? ServedTo { get; init; }

    /// <summary>The regular length of the current period if its end was moved; null otherwise.</summary>
    public Duration? RegularLength { get; init; }

    /// <summary>
    /// The instant after which the current period is not paid for by its recurrence, because the subscriber moved the billing
    /// date. Discounts for a limited number of recurrences end there. Null if the period was not lengthened.
    /// </summary>
    public Instant? LengthenedFrom { get; init; }

    /// <summary>Lines waiting for the next invoice: the difference of a moved billing date.</summary>
    public ImmutableArray<InvoiceLine> WaitingLines { get; init; } = [];

    /// <summary>When the customer is told about the next renewal; null for never, or if already done.</summary>
    public Instant? AlertAt { get; init; }

    /// <summary>When the trial's end is announced; null for never, or if already done.</summary>
    public Instant? AnnounceAt { get; init; }

    /// <summary>Discounts on current or coming recurrences.</summary>
    public ImmutableArray<AppliedDiscount> Discounts { get; init; } = [];

    /// <summary>Messages between the customer and the seller so far.</summary>
    public int MessageCount { get; init; }

    /// <summary>How often the product's loyalty reward was earned.</summary>
    public int LoyaltyRewards { get; init; }

    /// <summary>Usage of the running period, one reading per meter.</summary>
    public ImmutableArray<MeterReading> Usage { get; init; } = [];

    /// <summary>How often readings were reset. A unique key counts once per window.</summary>
    public int UsageWindow { get; init; }

    /// <summary>Whether the current order was never paid, because the change to it was voided. Another order was paid.</summary>
    public bool OrderVoided { get; init; }

    /// <summary>The highest usage window so far, if a voided change went back to an earlier one; else 0.</summary>
    public int UsageWindowMax { get; init; }

    /// <summary>The retention offer assigned to the customer, or the control group.</summary>
    public RetentionAssignment? Retention { get; init; }

    /// <summary>Ids of accepted retention offers. Each can be accepted once.</summary>
    public ImmutableArray<string> RetentionAccepted { get; init; } = [];

    /// <summary>When the last one was accepted; null if never, or if that was before this was stored.</summary>
    public Instant? RetentionAcceptedAt { get; init; }

    public ScheduledCancellation? CancellationScheduled { get; init; }

    public Instant? CanceledAt { get; init; }

    /// <summary>
    /// Whether it ended before the first payment of its term. Nothing was served, so money that still arrives is refunded.
    /// </summary>
    public bool EndedUnserved { get; init; }

    /// <summary>Who canceled it and why.</summary>
    public Cancellation? Cancellation { get; init; }

    public PauseReason? PauseReason { get; init; }

    /// <summary>The pause that starts at the end of the period.</summary>
    public ScheduledPause? PauseScheduled { get; init; }

    /// <summary>When the pause started; null if not paused.</summary>
    public Instant? PausedAt { get; init; }

    /// <summary>When the pause ends by itself; null if it lasts until resumed.</summary>
    public Instant? PausedUntil { get; init; }

    /// <summary>Number of invoices issued.</summary>
    public int InvoiceCount { get; init; }

    /// <summary>Unpaid invoices, oldest first.</summary>
    public ImmutableArray<OpenInvoice> OpenInvoices { get; init; } = [];

    /// <summary>The charge in flight. There is at most one.</summary>
    public PaymentInFlight? Charge { get; init; }

    /// <summary>Refunds in flight.</summary>
    public ImmutableArray<PaymentInFlight> Refunds { get; init; } = [];

    /// <summary>Number of credit notes issued.</summary>
    public int CreditNoteCount { get; init; }

    /// <summary>Number of recurrences paid.</summary>
    public int PaidRecurrences { get; init; }

    /// <summary>
    /// Whether it became a subscriber after a trial, before any recurrence was paid. All other cases follow from the state (see
    /// <see cref="Population"/>).
    /// </summary>
    public bool HasSubscribed { get; init; }

    /// <summary>Minor units collected, minus what went back.</summary>
    public long LifetimePaid { get; init; }

    /// <summary>Credit in minor units. Later invoices use it first.</summary>
    public long Credit { get; init; }

    /// <summary>Declined attempts of the last 30 days on any payment method, oldest first.</summary>
    public ImmutableArray<DeclinedAttempt> Declines { get; init; } = [];

    /// <summary>Whether it is canceled, expired or completed.</summary>
    public bool HasEnded => Status is SubscriptionStatus.Canceled or SubscriptionStatus.Expired or SubscriptionStatus.Completed;

    /// <summary>Whether it is active or past due (see "Statuses" in the domain's README).</summary>
    public bool IsCurrent => Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue;

    /// <summary>Whether it is paused on request, not because of a missing payment.</summary>
    public bool IsPausedOnRequest => Status == SubscriptionStatus.Paused && PauseReason == Subscriptions.PauseReason.Requested;

    /// <summary>The last instant served up to <paramref name="now"/>: during a pause, the start of the pause.</summary>
    public Instant ServedUntil(Instant now) => PausedAt is { } paused ? Instant.Min(paused, now) : now;

    public PaymentInFlight? FindRefund(int invoice, int refund)
    {
        foreach (var payment in Refunds)
        {
            if (payment.Invoice == invoice && payment.Attempt == refund) return payment;
        }

        return null;
    }

    public OpenInvoice? FindOpenInvoice(int number)
    {
        foreach (var invoice in OpenInvoices)
        {
            if (invoice.Number == number) return invoice;
        }

        return null;
    }

    public bool HasOverdue
    {
        get
        {
            foreach (var invoice in OpenInvoices)
            {
                if (invoice.Overdue) return true;
            }

            return false;
        }
    }
}
