using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Billing;

/// <summary>What an invoice line is for.</summary>
public enum InvoiceLineType
{
    /// <summary>The fee of one period.</summary>
    Recurrence,

    /// <summary>A price reduction.</summary>
    Discount,
}

/// <summary>Where an invoice stands.</summary>
public enum InvoiceStatus
{
    /// <summary>Owed.</summary>
    Open,

    /// <summary>Collected in full.</summary>
    Paid,

    /// <summary>Taken back; nothing is owed.</summary>
    Void,

    /// <summary>Owed, but given up.</summary>
    Uncollectible,
}

/// <summary>One line of an invoice.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Amount">Minor units; negative for what is taken off.</param>
/// <param name="Description">For people.</param>
public sealed record InvoiceLine(InvoiceLineType Type, long Amount, string Description);

/// <summary>An invoice as it is issued: what one recurrence costs.</summary>
/// <param name="Number">Counted from 1 within the subscription; part of the provider key of its charges.</param>
/// <param name="Lines">What makes up the total.</param>
/// <param name="Total">The sum of the lines, in minor units.</param>
public sealed record IssuedInvoice(int Number, ImmutableArray<InvoiceLine> Lines, long Total);

/// <summary>How one attempt to collect an invoice ended, or that it is still in flight.</summary>
public enum AttemptOutcome
{
    /// <summary>Asked; no answer yet.</summary>
    InFlight,

    /// <summary>The provider could not say; it will be asked again with the same key.</summary>
    Unknown,

    /// <summary>Collected.</summary>
    Succeeded,

    /// <summary>Refused by the provider.</summary>
    Declined,
}

/// <summary>One try to collect an invoice.</summary>
/// <param name="Number">Counted from 1 within the invoice.</param>
/// <param name="At">When it was requested.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Code">The decline code.</param>
public sealed record InvoiceAttempt(int Number, Instant At, AttemptOutcome Outcome, string? Code);

/// <summary>An invoice with its collection so far, as rebuilt from events.</summary>
public sealed record Invoice
{
    /// <summary>The invoice's number within the subscription, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What it pays for.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Where it stands.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>What makes up the total.</summary>
    public required ImmutableArray<InvoiceLine> Lines { get; init; }

    /// <summary>Sum of the lines in minor units.</summary>
    public required long Total { get; init; }

    /// <summary>Collected so far, in minor units; refunds do not lower it.</summary>
    public required long Paid { get; init; }

    /// <summary>Given back so far, in minor units.</summary>
    public required long Refunded { get; init; }

    /// <summary>When it was issued.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was paid in full.</summary>
    public Instant? PaidAt { get; init; }

    /// <summary>Every try to collect it, oldest first.</summary>
    public required ImmutableArray<InvoiceAttempt> Attempts { get; init; }
}
