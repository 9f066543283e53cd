using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A subscription. Fields that do not apply are null.</summary>
internal sealed record SubscriptionDocument
{
    public required string Id { get; init; }

    /// <summary>Grows by one with everything that happens to it.</summary>
    public required long Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SubscriptionStatus Status { get; init; }

    public required string SellerId { get; init; }

    public required string ProductId { get; init; }

    public required string PlanId { get; init; }

    public required string OfferId { get; init; }

    /// <summary>The version of the offer that it bought.</summary>
    public required int OfferVersion { get; init; }

    /// <summary>Who subscribes.</summary>
    public required SubscriptionCustomerDocument Customer { get; init; }

    /// <summary>The offer's price of one recurrence in minor units, without quantity, add-ons and discounts.</summary>
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>How long a period is.</summary>
    public required IntervalDocument Interval { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When service started, trial included; null before.</summary>
    public required Instant? StartedAt { get; init; }

    /// <summary>When the trial ends or ended; null if there is none.</summary>
    public required Instant? TrialEnd { get; init; }

    /// <summary>The current or last period; null before the first.</summary>
    public required PeriodDocument? CurrentPeriod { get; init; }

    /// <summary>When the next period starts and is charged; null if that does not happen by itself.</summary>
    public required Instant? NextBillingAt { get; init; }

    /// <summary>When a scheduled cancellation takes effect; null if there is none.</summary>
    public required Instant? CancelAt { get; init; }

    /// <summary>When it was canceled; null if it was not.</summary>
    public required Instant? CanceledAt { get; init; }

    /// <summary>The cancellation, also one that is only scheduled; null if there is none.</summary>
    public required CancellationDocument? Cancellation { get; init; }

    /// <summary>How many recurrences were paid.</summary>
    public required int PaidRecurrences { get; init; }

    /// <summary>Minor units collected so far, without what was refunded.</summary>
    public required long LifetimePaid { get; init; }

    /// <summary>Minor units that reduce the next invoices.</summary>
    public required long Credit { get; init; }

    /// <summary>The dunning of the oldest overdue invoice; null if nothing is overdue.</summary>
    public required RetryDocument? Retry { get; init; }

    /// <summary>How the customer pays; null if nothing is on file.</summary>
    public required PaymentMethodDocument? PaymentMethod { get; init; }

    /// <summary>When a running pause ends by itself; null if it is not paused or lasts until resumed.</summary>
    public required Instant? PausedUntil { get; init; }

    /// <summary>Names and values of your own; null if there are none.</summary>
    public required IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How many of the plan.</summary>
    public required int Quantity { get; init; }

    /// <summary>The add-ons that it has.</summary>
    public required ImmutableArray<AddonQuantityDocument> Addons { get; init; }

    /// <summary>Who referred the customer; null if nobody.</summary>
    public required string? AffiliateId { get; init; }

    /// <summary>The plan change that takes effect at the end of the period; null if there is none.</summary>
    public required ScheduledChangeDocument? ScheduledChange { get; init; }

    /// <summary>The pause that begins at the end of the period; null if there is none.</summary>
    public required ScheduledPauseDocument? PauseScheduled { get; init; }

    /// <summary>The discounts in force.</summary>
    public required ImmutableArray<DiscountDocument> Discounts { get; init; }

    /// <summary>The meters' readings in the current or last period.</summary>
    public required ImmutableArray<UsageDocument> Usage { get; init; }

    /// <summary>The voucher that waits for payment; null if there is none.</summary>
    public required VoucherDocument? Voucher { get; init; }

    /// <summary>The retention offer that was made last; null if the customer never asked.</summary>
    public required RetentionAssignmentDocument? Retention { get; init; }

    /// <param name="customer">What is known about the customer; null if nothing is.</param>
    public static SubscriptionDocument From(
        Subscription s, OfferTerms terms, CustomerProfile? customer, SubscriptionTexts texts) => new()
    {
        Id = s.Id,
        Version = s.Version,
        Status = s.Status,
        SellerId = terms.Product.SellerId,
        ProductId = terms.Product.Id,
        PlanId = terms.Plan.Id,
        OfferId = s.OfferId,
        OfferVersion = s.OfferVersion,
        Customer = new SubscriptionCustomerDocument(
            s.Customer.Id, CustomerProfile.EmailOf(customer, s.Customer.Email), s.Customer.Country),
        Amount = terms.Offer.Amount,
        Currency = terms.Offer.Currency,
        Interval = IntervalDocument.From(terms.Plan.Interval),
        CreatedAt = s.CreatedAt,
        StartedAt = s.StartedAt,
        TrialEnd = s.TrialEnd,
        CurrentPeriod = s.CurrentPeriod is { } period ? PeriodDocument.From(period) : null,
        NextBillingAt = NextBilling.Of(s, terms),
        CancelAt = s.CancellationScheduled?.At,
        CanceledAt = s.CanceledAt,
        Cancellation = (s.Cancellation ?? s.CancellationScheduled?.Cancellation) is { } cancellation
            ? CancellationDocument.From(cancellation, texts.CommentOf(s))
            : null,
        PaidRecurrences = s.PaidRecurrences,
        LifetimePaid = s.LifetimePaid,
        Credit = s.Credit,
        Retry = RetryDocument.OldestOverdue(s),
        PaymentMethod = s.PaymentToken is { } token ? new PaymentMethodDocument(token) : null,
        PausedUntil = s.PausedUntil,
        Metadata = s.Metadata,
        Quantity = s.Quantity,
        Addons = AddonQuantityDocument.From(s.AddOns),
        AffiliateId = s.AffiliateId,
        ScheduledChange = s.ScheduledChange is { } change ? ScheduledChangeDocument.From(change) : null,
        PauseScheduled = s.PauseScheduled is { } pause ? new ScheduledPauseDocument(s.CurrentPeriod!.End, pause.Until) : null,
        Discounts = s.Discounts.IsEmpty ? [] : [.. s.Discounts.Select(DiscountDocument.From)],
        Usage = s.Usage.IsEmpty ? [] : [.. s.Usage.Select(reading => new UsageDocument(reading.Meter, reading.Units))],
        Voucher = VoucherDocument.Of(s),
        Retention = s.Retention is { } assigned ? RetentionAssignmentDocument.From(assigned) : null,
    };
}

/// <summary>Who subscribes.</summary>
/// <param name="Id">Your id of the customer.</param>
/// <param name="Email">The customer's present mail address; null if it is not known.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code, by which this subscription is taxed; null if it is not known.</param>
internal sealed record SubscriptionCustomerDocument(string Id, string? Email, string? Country);

/// <summary>How a customer pays.</summary>
/// <param name="Token">The payment provider's token.</param>
internal sealed record PaymentMethodDocument(string Token);

/// <summary>A billing period, [start, end).</summary>
/// <param name="Index">Counted from 1.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last.</param>
internal sealed record PeriodDocument(int Index, Instant Start, Instant End)
{
    public static PeriodDocument From(BillingPeriod period) => new(period.Index, period.Start, period.End);
}

/// <summary>Who canceled or scheduled the cancellation, and why.</summary>
/// <param name="Origin">Who wanted it.</param>
/// <param name="Reason">The reason code; null if none was given.</param>
/// <param name="Comment">The customer's own words; null if there are none.</param>
/// <param name="Voluntary">Whether the customer wanted it.</param>
internal sealed record CancellationDocument(CancellationOrigin Origin, string? Reason, string? Comment, bool Voluntary)
{
    public static CancellationDocument From(Cancellation cancellation, string? comment) =>
        new(cancellation.Origin, cancellation.Reason, comment, cancellation.Voluntary);
}

/// <summary>The dunning of the oldest overdue invoice.</summary>
/// <param name="Attempt">The number of attempts made.</param>
/// <param name="NextAt">When it is retried automatically.</param>
/// <param name="LastCode">The provider's last decline code.</param>
internal sealed record RetryDocument(int Attempt, Instant? NextAt, string? LastCode)
{
    public static RetryDocument? OldestOverdue(Subscription s)
    {
        foreach (var invoice in s.OpenInvoices)
        {
            if (invoice.Overdue) return s.HasEnded ? null : new RetryDocument(invoice.Attempts, invoice.NextAttemptAt, invoice.LastCode);
        }

        return null;
    }
}
