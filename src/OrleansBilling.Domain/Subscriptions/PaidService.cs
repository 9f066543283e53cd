using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// The paid service that a change within the period left unused. It is kept until something is paid on the change's invoice. If that
/// invoice is closed unpaid, this becomes the service again: the customer keeps what was paid for, and the next change or
/// refund is computed from it (see "Money that was paid" in the domain's README).
/// </summary>
public sealed record PaidService
{
    /// <summary>Paid and unused at <see cref="From"/>, in minor units net of tax.</summary>
    public required long Value { get; init; }

    /// <summary>The money behind the value; see <see cref="Subscription.ServiceMoney"/>.</summary>
    public long? Money { get; init; }

    /// <summary>The instant of the change.</summary>
    public required Instant From { get; init; }

    /// <summary>When the service ends; null for the end of <see cref="Period"/>.</summary>
    public Instant? To { get; init; }

    /// <summary>The number of the invoice that billed the service; 0 if it was not paid in full.</summary>
    public int Invoice { get; init; }

    /// <summary>The number of an invoice for the service that is still unpaid; 0 for none.</summary>
    public int Owed { get; init; }

    /// <summary>Minor units of the service that went back since, including tax.</summary>
    public long Returned { get; init; }

    /// <summary>The number of the change's invoice; 0 until it is issued.</summary>
    public int ChangeInvoice { get; init; }

    /// <summary>The plan's interval before the change.</summary>
    public required BillingInterval Interval { get; init; }

    /// <summary>The period that was running at the change.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Local date and time from which period boundaries were counted before the change.</summary>
    public LocalDateTime? Anchor { get; init; }

    /// <summary>Index of the period that starts at <see cref="Anchor"/>.</summary>
    public int AnchorIndex { get; init; }

    /// <summary>Index of the first period of the term.</summary>
    public int TermStartIndex { get; init; }

    /// <summary>The regular length of the period if its end was moved.</summary>
    public Duration? RegularLength { get; init; }

    /// <summary>The instant after which the lengthened period is not paid for by its recurrence.</summary>
    public Instant? LengthenedFrom { get; init; }

    /// <summary>Waiting lines that the change's invoice took over.</summary>
    public ImmutableArray<InvoiceLine> WaitingLines { get; init; } = [];

    /// <summary>The meter readings of <see cref="Period"/>, if the change ended the period.</summary>
    public ImmutableArray<HeldReading> Usage { get; init; } = [];

    /// <summary>The usage window of <see cref="Period"/>. A unique key counts once per window.</summary>
    public int UsageWindow { get; init; }

    /// <summary>All discounts before the change, if it started a new period. A new period can drop discounts.</summary>
    public ImmutableArray<AppliedDiscount> Discounts { get; init; } = [];
}
