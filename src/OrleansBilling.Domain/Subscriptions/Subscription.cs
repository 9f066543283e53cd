using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Who pays.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="Email">For messages.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code, for taxes.</param>
public sealed record Customer(string Id, string? Email, string? Country = null);

/// <summary>An attempt that was declined; the card schemes bound how many a payment method may see.</summary>
/// <param name="Token">The payment method.</param>
/// <param name="At">When it was declined.</param>
public sealed record DeclinedAttempt(string Token, Instant At);

/// <summary>
/// One customer's standing order for one offer: the state of one grain, and the fold of its events. Immutable.
/// </summary>
public sealed record Subscription
{
    /// <summary>The most refunds that may be in flight at a time.</summary>
    public const int RefundsInFlightMax = 64;

    /// <summary>The most pieces of a plan or of an add-on.</summary>
    public const int QuantityMax = 1_000_000;

    /// <summary>The most invoices that may be owed at a time; at the next period's start the system cancels instead.</summary>
    public const int OpenInvoicesMax = 100;

    /// <summary>The subscription's id.</summary>
    public required string Id { get; init; }

    /// <summary>How many events made this state; the journal's version check uses it.</summary>
    public long Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SubscriptionStatus Status { get; init; }

    /// <summary>The offer.</summary>
    public required string OfferId { get; init; }

    /// <summary>The version of the offer that it was sold with.</summary>
    public required int OfferVersion { get; init; }

    /// <summary>Pieces (seats) of the plan; each costs the offer's price.</summary>
    public int Quantity { get; init; } = 1;

    /// <summary>What was bought on top, ordered by id.</summary>
    public ImmutableArray<AddOnQuantity> AddOns { get; init; } = [];

    /// <summary>Who brought the subscriber; the affiliate of the revenue split.</summary>
    public string? AffiliateId { get; init; }

    /// <summary>The change that takes effect at the end of the period or trial.</summary>
    public ScheduledChange? ScheduledChange { get; init; }

    /// <summary>Who pays.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The provider's token of the payment method.</summary>
    public string? PaymentToken { get; init; }

    /// <summary>Whether the payment method was declined for good; it is not tried again by itself.</summary>
    public bool PaymentBlocked { get; init; }

    /// <summary>The caller's own key-value pairs.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>When it was created.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When its last event happened; nothing later is stamped earlier, even if a clock is set back.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>When it is to start; null when it started at once.</summary>
    public Instant? StartAt { get; init; }

    /// <summary>When service started: the trial's start, or that of the first paid period.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>Calendar days of trial that it starts with.</summary>
    public int TrialDays { get; init; }

    /// <summary>When the trial started.</summary>
    public Instant? TrialStart { get; init; }

    /// <summary>When the trial ends or ended.</summary>
    public Instant? TrialEnd { get; init; }

    /// <summary>Local date and time from which period boundaries are counted.</summary>
    public LocalDateTime? Anchor { get; init; }

    /// <summary>Index of the period that starts at the anchor.</summary>
    public int AnchorIndex { get; init; }

    /// <summary>Index of the first period of this term; reactivation opens a new term.</summary>
    public int TermStartIndex { get; init; } = 1;

    /// <summary>Whether the last recurrence is over and only something owed keeps it from being completed.</summary>
    public bool TermEnded { get; init; }

    /// <summary>The period that runs, or ran last.</summary>
    public BillingPeriod? CurrentPeriod { get; init; }

    /// <summary>From when on <see cref="ServiceValue"/> counts; null for the start of the period.</summary>
    public Instant? ServedFrom { get; init; }

    /// <summary>
    /// Price, net of tax, of the service from <see cref="ServedFrom"/> to the end of the current period; what a change
    /// in between leaves unused of it is given back by elapsed time.
    /// </summary>
    public long ServiceValue { get; init; }

    /// <summary>The number of the invoice that bills <see cref="ServiceValue"/>.</summary>
    public int ServiceInvoice { get; init; }

    /// <summary>
    /// Minor units of the current period's money that went back since then, tax included: what was not kept is not
    /// given back again.
    /// </summary>
    public long ServiceReturned { get; init; }

    /// <summary>What was really paid, while nothing was paid for the change of it; null where there is no such change.</summary>
    public PaidService? Before { get; init; }

    /// <summary>Whether it ended with its last period paid: reactivated within that, it goes on with it, unless money went back.</summary>
    public bool EndedPaid { get; init; }

    /// <summary>Until when <see cref="ServiceValue"/> counts; null for the end of the period.</summary>
    public Instant? ServedTo { get; init; }

    /// <summary>The regular length of the current period, where its end was moved; null where it was not.</summary>
    public Duration? RegularLength { get; init; }

    /// <summary>
    /// From where on the current period is longer than its recurrence pays for, because the subscriber moved the billing
    /// date; discounts of so many recurrences end there. Null where it is not.
    /// </summary>
    public Instant? LengthenedFrom { get; init; }

    /// <summary>Lines that wait for the next invoice: the stretch by which the billing date was moved.</summary>
    public ImmutableArray<InvoiceLine> WaitingLines { get; init; } = [];

    /// <summary>When the customer is told of the coming renewal; null for never, or done.</summary>
    public Instant? AlertAt { get; init; }

    /// <summary>What lowers the price of recurrences.</summary>
    public ImmutableArray<AppliedDiscount> Discounts { get; init; } = [];

    /// <summary>How often the product's loyalty reward was earned.</summary>
    public int LoyaltyRewards { get; init; }

    /// <summary>What was used in the period that runs, a reading a meter.</summary>
    public ImmutableArray<MeterReading> Usage { get; init; } = [];

    /// <summary>How often readings began anew; names the stretch in which a unique key counts once.</summary>
    public int UsageWindow { get; init; }

    /// <summary>Whether nobody ever paid for the present order: the change to it was voided. What was paid was another one.</summary>
    public bool OrderVoided { get; init; }

    /// <summary>The highest window ever, where a voided change went back to an earlier one; else 0.</summary>
    public int UsageWindowMax { get; init; }

    /// <summary>The retention offer that the customer was made, or not made as one of the control group.</summary>
    public RetentionAssignment? Retention { get; init; }

    /// <summary>Retention offers that were accepted, by id; each is good for once.</summary>
    public ImmutableArray<string> RetentionAccepted { get; init; } = [];

    /// <summary>When the last was accepted; null for never, and where that was before it was remembered.</summary>
    public Instant? RetentionAcceptedAt { get; init; }

    /// <summary>The cancellation that will happen.</summary>
    public ScheduledCancellation? CancellationScheduled { get; init; }

    /// <summary>When it was canceled.</summary>
    public Instant? CanceledAt { get; init; }

    /// <summary>
    /// Whether it ended while the first payment of its term was awaited: nothing was served, and money that still comes
    /// goes back.
    /// </summary>
    public bool EndedUnserved { get; init; }

    /// <summary>By whom and why it was canceled.</summary>
    public Cancellation? Cancellation { get; init; }

    /// <summary>Why it stands still.</summary>
    public PauseReason? PauseReason { get; init; }

    /// <summary>The pause that begins at the end of the period.</summary>
    public ScheduledPause? PauseScheduled { get; init; }

    /// <summary>When it was paused; null when it runs.</summary>
    public Instant? PausedAt { get; init; }

    /// <summary>When it goes on by itself; null for when it is resumed.</summary>
    public Instant? PausedUntil { get; init; }

    /// <summary>How many invoices were issued.</summary>
    public int InvoiceCount { get; init; }

    /// <summary>What is owed, oldest first.</summary>
    public ImmutableArray<OpenInvoice> OpenInvoices { get; init; } = [];

    /// <summary>The charge whose outcome is not known yet; one at a time.</summary>
    public PaymentInFlight? Charge { get; init; }

    /// <summary>Refunds whose outcome is not known yet.</summary>
    public ImmutableArray<PaymentInFlight> Refunds { get; init; } = [];

    /// <summary>Credit notes that were issued.</summary>
    public int CreditNoteCount { get; init; }

    /// <summary>Recurrences paid.</summary>
    public int PaidRecurrences { get; init; }

    /// <summary>
    /// Whether it was a subscriber before a recurrence was paid, after a trial; whatever else tells so itself
    /// (<see cref="Population"/>).
    /// </summary>
    public bool HasSubscribed { get; init; }

    /// <summary>Minor units collected, less refunds.</summary>
    public long LifetimePaid { get; init; }

    /// <summary>Minor units of credit, consumed first by later invoices.</summary>
    public long Credit { get; init; }

    /// <summary>Declined attempts within the last 30 days, oldest first, on whichever payment method.</summary>
    public ImmutableArray<DeclinedAttempt> Declines { get; init; } = [];

    /// <summary>Whether its life is over.</summary>
    public bool HasEnded => Status is SubscriptionStatus.Canceled or SubscriptionStatus.Expired or SubscriptionStatus.Completed;

    /// <summary>Whether it is active or past due (see "Statuses" in the domain's README).</summary>
    public bool IsCurrent => Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue;

    /// <summary>Whether it stands still because somebody asked for it, rather than for want of money.</summary>
    public bool IsPausedOnRequest => Status == SubscriptionStatus.Paused && PauseReason == Subscriptions.PauseReason.Requested;

    /// <summary>Until when service was given by an instant: that one, or, while it stands still, the beginning of the pause.</summary>
    public Instant ServedUntil(Instant now) => PausedAt is { } paused ? Instant.Min(paused, now) : now;

    /// <summary>The refund in flight, or null.</summary>
    public PaymentInFlight? FindRefund(int invoice, int refund)
    {
        foreach (var payment in Refunds)
        {
            if (payment.Invoice == invoice && payment.Attempt == refund) return payment;
        }

        return null;
    }

    /// <summary>The open invoice with this number, or null.</summary>
    public OpenInvoice? FindOpenInvoice(int number)
    {
        foreach (var invoice in OpenInvoices)
        {
            if (invoice.Number == number) return invoice;
        }

        return null;
    }

    /// <summary>Whether an invoice is overdue.</summary>
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
