using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A subscription. Fields that do not apply are null.</summary>
internal sealed record SubscriptionDocument
{
    public required string Id { get; init; }

    public required long Version { get; init; }

    public required SubscriptionStatus Status { get; init; }

    public required string SellerId { get; init; }

    public required string ProductId { get; init; }

    public required string PlanId { get; init; }

    public required string OfferId { get; init; }

    public required int OfferVersion { get; init; }

    public required CustomerDocument Customer { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required IntervalDocument Interval { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant? StartedAt { get; init; }

    public required Instant? TrialEnd { get; init; }

    public required PeriodDocument? CurrentPeriod { get; init; }

    public required Instant? NextBillingAt { get; init; }

    public required Instant? CancelAt { get; init; }

    public required Instant? CanceledAt { get; init; }

    public required CancellationDocument? Cancellation { get; init; }

    public required int PaidRecurrences { get; init; }

    public required long LifetimePaid { get; init; }

    public required long Credit { get; init; }

    public required RetryDocument? Retry { get; init; }

    public required PaymentMethodDocument? PaymentMethod { get; init; }

    public required Instant? PausedUntil { get; init; }

    public required IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public required int Quantity { get; init; }

    public required ImmutableArray<AddonQuantityDocument> Addons { get; init; }

    public required string? AffiliateId { get; init; }

    public required ScheduledChangeDocument? ScheduledChange { get; init; }

    public required ScheduledPauseDocument? PauseScheduled { get; init; }

    public required ImmutableArray<DiscountDocument> Discounts { get; init; }

    public required ImmutableArray<UsageDocument> Usage { get; init; }

    public required VoucherDocument? Voucher { get; init; }

    public required RetentionAssignmentDocument? Retention { get; init; }

    public static SubscriptionDocument From(Subscription s, OfferTerms terms) => new()
    {
        Id = s.Id,
        Version = s.Version,
        Status = s.Status,
        SellerId = terms.Product.SellerId,
        ProductId = terms.Product.Id,
        PlanId = terms.Plan.Id,
        OfferId = s.OfferId,
        OfferVersion = s.OfferVersion,
        Customer = new CustomerDocument(s.Customer.Id, s.Customer.Email, s.Customer.Country),
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
            ? CancellationDocument.From(cancellation)
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

internal sealed record CustomerDocument(string Id, string? Email, string? Country);

internal sealed record PaymentMethodDocument(string Token);

/// <summary>A billing period, [start, end).</summary>
internal sealed record PeriodDocument(int Index, Instant Start, Instant End)
{
    public static PeriodDocument From(BillingPeriod period) => new(period.Index, period.Start, period.End);
}

/// <summary>Who canceled or scheduled the cancellation, and why.</summary>
internal sealed record CancellationDocument(CancellationOrigin Origin, string? Reason, string? Comment, bool Voluntary)
{
    public static CancellationDocument From(Cancellation cancellation) =>
        new(cancellation.Origin, cancellation.Reason, cancellation.Comment, cancellation.Voluntary);
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
