using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Where a subscription is in its life (DESIGN section 7, statuses).</summary>
public enum SubscriptionStatus
{
    /// <summary>The first payment, or the start, is awaited.</summary>
    Pending,

    /// <summary>In trial; nothing is charged.</summary>
    Trialing,

    /// <summary>Running and paid.</summary>
    Active,

    /// <summary>Running, with an overdue invoice.</summary>
    PastDue,

    /// <summary>Standing still; nothing is invoiced.</summary>
    Paused,

    /// <summary>Ended by somebody.</summary>
    Canceled,

    /// <summary>Ended because the first payment never came.</summary>
    Expired,

    /// <summary>Ended because its fixed number of recurrences was reached.</summary>
    Completed,
}

/// <summary>Who cancelled.</summary>
public enum CancellationOrigin
{
    /// <summary>The subscriber.</summary>
    Customer,

    /// <summary>The marketplace's operator.</summary>
    Administrator,

    /// <summary>The seller.</summary>
    Seller,

    /// <summary>Dunning was exhausted, or the trial ended without a payment method.</summary>
    System,
}

/// <summary>Why a subscription stands still.</summary>
public enum PauseReason
{
    /// <summary>Dunning was exhausted and the policy says pause.</summary>
    DunningExhausted,

    /// <summary>The trial ended without a payment method and the product says pause.</summary>
    NoPaymentMethod,
}

/// <summary>Who pays.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="Email">For messages.</param>
public sealed record Customer(string Id, string? Email);

/// <summary>A cancellation, asked for or done.</summary>
/// <param name="Origin">Who cancelled.</param>
/// <param name="Reason">A reason code.</param>
/// <param name="Comment">In the canceller's words.</param>
public sealed record Cancellation(CancellationOrigin Origin, string? Reason, string? Comment)
{
    /// <summary>Whether somebody wanted it; a cancellation by the system is involuntary.</summary>
    public bool Voluntary => Origin != CancellationOrigin.System;
}

/// <summary>A cancellation that will happen.</summary>
/// <param name="At">When.</param>
/// <param name="Cancellation">By whom and why.</param>
public sealed record ScheduledCancellation(Instant At, Cancellation Cancellation);

/// <summary>
/// An invoice that is owed, with its own dunning. An automatic attempt is due at <see cref="NextAttemptAt"/>; without
/// one it waits for another payment method or a manual retry until <see cref="GiveUpAt"/>.
/// </summary>
public sealed record OpenInvoice
{
    /// <summary>Number within the subscription.</summary>
    public required int Number { get; init; }

    /// <summary>The recurrence that it pays for.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Owed, in minor units.</summary>
    public required long Total { get; init; }

    /// <summary>Attempts made, of every kind.</summary>
    public int Attempts { get; init; }

    /// <summary>Automatic retries made.</summary>
    public int Retries { get; init; }

    /// <summary>When it was tried first, or fell overdue without an attempt; the dunning window opens here.</summary>
    public Instant? FirstAttemptAt { get; init; }

    /// <summary>When it is tried next by itself.</summary>
    public Instant? NextAttemptAt { get; init; }

    /// <summary>When dunning ends without a further attempt (hard decline, no payment method).</summary>
    public Instant? GiveUpAt { get; init; }

    /// <summary>Whether it is overdue: declined, or not tried when it was due for want of a usable payment method.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether dunning has ended; only a manual retry or a new payment method tries it again.</summary>
    public bool Exhausted { get; init; }

    /// <summary>The provider's last decline code.</summary>
    public string? LastCode { get; init; }
}

/// <summary>An attempt that was declined; the card schemes bound how many a payment method may see.</summary>
/// <param name="Token">The payment method.</param>
/// <param name="At">When it was declined.</param>
public sealed record DeclinedAttempt(string Token, Instant At);

/// <summary>What moves money at the provider.</summary>
public enum PaymentKind
{
    /// <summary>From the customer.</summary>
    Charge,

    /// <summary>Back to the customer.</summary>
    Refund,
}

/// <summary>
/// A payment that was requested and whose outcome is not known yet. The permanent key makes asking again harmless; the
/// subscription wakes at <see cref="AskAt"/> to do so, which heals a crash between commit and call.
/// </summary>
public sealed record PaymentInFlight
{
    /// <summary>Charge or refund.</summary>
    public required PaymentKind Kind { get; init; }

    /// <summary>The invoice's number.</summary>
    public required int Invoice { get; init; }

    /// <summary>The attempt's number within the invoice; for a refund, the refund's.</summary>
    public required int Attempt { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The payment method's token at the time of request; a later change does not touch it.</summary>
    public required string Token { get; init; }

    /// <summary>When it was requested.</summary>
    public required Instant RequestedAt { get; init; }

    /// <summary>Whether it is a scheduled retry, and so counts against the policy's number of retries.</summary>
    public bool ScheduledRetry { get; init; }

    /// <summary>How often the provider was asked.</summary>
    public int Asks { get; init; } = 1;

    /// <summary>When to ask again unless the outcome is known by then.</summary>
    public required Instant AskAt { get; init; }

    /// <summary>For a refund, the attempt that collected the money.</summary>
    public int ChargeAttempt { get; init; }
}

/// <summary>The newest invoice that was collected, for refunds.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Attempt">The attempt that collected it.</param>
/// <param name="Period">What it paid for.</param>
/// <param name="Amount">Collected, in minor units.</param>
/// <param name="Token">The payment method that paid.</param>
/// <param name="Refunds">Refunds requested.</param>
/// <param name="Refunded">Minor units given back.</param>
public sealed record CollectedInvoice(int Number, int Attempt, BillingPeriod Period, long Amount, string Token, int Refunds, long Refunded);

/// <summary>
/// One customer's standing order for one offer: the state of one grain, and the fold of its events. Immutable.
/// </summary>
public sealed record Subscription
{
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

    /// <summary>The cancellation that will happen.</summary>
    public ScheduledCancellation? CancellationScheduled { get; init; }

    /// <summary>When it was cancelled.</summary>
    public Instant? CanceledAt { get; init; }

    /// <summary>By whom and why it was cancelled.</summary>
    public Cancellation? Cancellation { get; init; }

    /// <summary>Why it stands still.</summary>
    public PauseReason? PauseReason { get; init; }

    /// <summary>How many invoices were issued.</summary>
    public int InvoiceCount { get; init; }

    /// <summary>What is owed, oldest first.</summary>
    public ImmutableArray<OpenInvoice> OpenInvoices { get; init; } = [];

    /// <summary>The charge whose outcome is not known yet; one at a time.</summary>
    public PaymentInFlight? Charge { get; init; }

    /// <summary>The refund whose outcome is not known yet; one at a time.</summary>
    public PaymentInFlight? Refund { get; init; }

    /// <summary>The newest of the invoices that were collected.</summary>
    public CollectedInvoice? LastCollected { get; init; }

    /// <summary>Recurrences paid.</summary>
    public int PaidRecurrences { get; init; }

    /// <summary>Minor units collected, less refunds.</summary>
    public long LifetimePaid { get; init; }

    /// <summary>Minor units of credit, consumed first by later invoices.</summary>
    public long Credit { get; init; }

    /// <summary>Declined attempts within the last 30 days, oldest first, on whichever payment method.</summary>
    public ImmutableArray<DeclinedAttempt> Declines { get; init; } = [];

    /// <summary>Whether its life is over.</summary>
    public bool HasEnded => Status is SubscriptionStatus.Canceled or SubscriptionStatus.Expired or SubscriptionStatus.Completed;

    /// <summary>Whether it counts as current: active or past due (DESIGN section 8).</summary>
    public bool IsCurrent => Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue;

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
