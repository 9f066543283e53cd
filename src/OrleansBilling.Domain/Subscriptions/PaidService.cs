using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What a change within the period left unused of paid service, kept while nothing of the change's invoice was paid.
/// Should that invoice be closed, this is the service again: what was paid stays the customer's, and the next change and a
/// refund are computed from it (see "Money that was paid" in the domain's README).
/// </summary>
public sealed record PaidService
{
    /// <summary>Paid and unused at <see cref="From"/>, net of tax, in minor units.</summary>
    public required long Value { get; init; }

    /// <summary>The instant of the change.</summary>
    public required Instant From { get; init; }

    /// <summary>Until when it lasts; null for the end of <see cref="Period"/>.</summary>
    public Instant? To { get; init; }

    /// <summary>The number of the invoice that bills it; 0 where that was not paid in full.</summary>
    public int Invoice { get; init; }

    /// <summary>The number of an invoice that was still owed for it; 0 for none.</summary>
    public int Owed { get; init; }

    /// <summary>Minor units of it that went back since, tax included.</summary>
    public long Returned { get; init; }

    /// <summary>The number of the change's invoice; 0 until it is issued.</summary>
    public int ChangeInvoice { get; init; }

    /// <summary>How often the plan recurred.</summary>
    public required BillingInterval Interval { get; init; }

    /// <summary>The period that ran.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Local date and time from which period boundaries were counted.</summary>
    public LocalDateTime? Anchor { get; init; }

    /// <summary>Index of the period that starts at the anchor.</summary>
    public int AnchorIndex { get; init; }

    /// <summary>Index of the first period of the term.</summary>
    public int TermStartIndex { get; init; }

    /// <summary>The regular length of the period, where its end was moved.</summary>
    public Duration? RegularLength { get; init; }

    /// <summary>From where on the period was longer than its recurrence paid for.</summary>
    public Instant? LengthenedFrom { get; init; }

    /// <summary>Lines that the change's invoice took over.</summary>
    public ImmutableArray<InvoiceLine> WaitingLines { get; init; } = [];

    /// <summary>What the meters of <see cref="Period"/> read, where the change ended it.</summary>
    public ImmutableArray<HeldReading> Usage { get; init; } = [];

    /// <summary>The window of <see cref="Period"/>, in which a unique key counts once.</summary>
    public int UsageWindow { get; init; }

    /// <summary>All discounts as they were, where the change began a period, which may have left some behind.</summary>
    public ImmutableArray<AppliedDiscount> Discounts { get; init; } = [];
}
