using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Billing;

/// <summary>What an invoice line charges or credits.</summary>
public enum InvoiceLineType
{
    /// <summary>The fee of one period, when paid at once.</summary>
    Recurrence,

    Discount,

    /// <summary>Credit for the unused share of what was paid before.</summary>
    ProrationCredit,

    /// <summary>The price of the remaining part of a period.</summary>
    ProrationCharge,

    /// <summary>The subscription's credit that this invoice uses.</summary>
    CreditApplied,

    /// <summary>An add-on bought on top of the plan.</summary>
    Addon,

    /// <summary>Metered usage, billed in arrears.</summary>
    Usage,

    /// <summary>The fee of one period, when paid in parts.</summary>
    Installment,

    /// <summary>Tax added to the price.</summary>
    Tax,
}

/// <summary>Whether an invoice is owed, paid or closed.</summary>
public enum InvoiceStatus
{
    /// <summary>Owed.</summary>
    Open,

    /// <summary>Collected in full.</summary>
    Paid,

    /// <summary>Withdrawn; nothing is owed.</summary>
    Void,

    /// <summary>Owed, but no longer collected.</summary>
    Uncollectible,

    /// <summary>Collected, but the customer's bank took back all or part of it and the dispute is still open.</summary>
    Disputed,
}

/// <param name="Amount">Minor units; negative for reductions and credit.</param>
/// <param name="Description">Text for people.</param>
/// <param name="Period">What the line is for, if not the invoice's own period.</param>
public sealed record InvoiceLine(InvoiceLineType Type, long Amount, string Description, BillingPeriod? Period = null)
{
    /// <summary>The meter's id on a usage line; null otherwise.</summary>
    public string? Meter { get; init; }
}

/// <summary>An invoice as issued: the cost of one recurrence or of a change.</summary>
/// <param name="Number">Counted from 1 within the subscription. Part of the idempotency key of its charges at the provider.</param>
/// <param name="Total">The sum of the lines, in minor units. A negative total becomes credit.</param>
public sealed record IssuedInvoice(int Number, ImmutableArray<InvoiceLine> Lines, long Total)
{
    /// <summary>All taxes of the invoice, whether added as lines or included in the prices.</summary>
    public ImmutableArray<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for all at once.</summary>
    public int Parts { get; init; }

    /// <summary>
    /// Money that unused time brought along, in minor units including added tax. Null if no tax is added, or if it was not stored
    /// yet: then it follows from the lines.
    /// </summary>
    public long? Carried { get; init; }

    /// <summary>Credit that the invoice uses, in minor units.</summary>
    public long CreditApplied => -Sum(InvoiceLineType.CreditApplied);

    /// <summary>Change of the subscription's credit, in minor units; negative when the invoice uses credit.</summary>
    public long CreditChange => Math.Max(0, -Total) - CreditApplied;

    /// <summary>Sum of all taxes, in minor units.</summary>
    public long Tax
    {
        get
        {
            var tax = 0L;
            foreach (var one in Taxes) tax += one.Amount;
            return tax;
        }
    }

    private long Sum(InvoiceLineType type)
    {
        var sum = 0L;
        foreach (var line in Lines)
        {
            if (line.Type == type) sum += line.Amount;
        }

        return sum;
    }
}

/// <summary>The outcome of one attempt to collect an invoice.</summary>
public enum AttemptOutcome
{
    /// <summary>The provider was asked and has not answered yet.</summary>
    InFlight,

    /// <summary>The provider could not say. It is asked again with the same key.</summary>
    Unknown,

    /// <summary>Collected.</summary>
    Succeeded,

    /// <summary>Refused by the provider.</summary>
    Declined,
}

/// <summary>One attempt to collect an invoice.</summary>
/// <param name="Number">Counted from 1 within the invoice.</param>
/// <param name="At">When the charge was requested.</param>
/// <param name="Code">The decline code, if any.</param>
/// <param name="Amount">Requested amount in minor units.</param>
/// <param name="Token">The payment method that was charged.</param>
public sealed record InvoiceAttempt(int Number, Instant At, AttemptOutcome Outcome, string? Code, long Amount, string Token);

/// <summary>Money that an attempt collected. Refunds and chargebacks refer to it.</summary>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Token">The payment method that was charged.</param>
/// <param name="Returned">Minor units refunded or being refunded, as money or as credit.</param>
/// <param name="ChargedBack">Minor units that the customer's bank took back and that were not won back.</param>
/// <param name="Shares">Each party's share of the money.</param>
public sealed record Capture(int Attempt, long Amount, string Token, long Returned, long ChargedBack, ImmutableArray<PartyShare> Shares)
{
    /// <summary>The dispute of this charge; null if there was none.</summary>
    public Dispute? Dispute { get; init; }

    /// <summary>The tax included in <see cref="Returned"/>, in minor units.</summary>
    public long TaxReturned { get; init; }

    /// <summary>What each party gave back for <see cref="Returned"/>.</summary>
    public ImmutableArray<PartyShare> SharesReturned { get; init; } = [];

    /// <summary>
    /// The part of <see cref="Returned"/> that became credit of the subscription, in minor units. The customer's bank can
    /// still take it back.
    /// </summary>
    public long Credited { get; init; }

    /// <summary>Whether the money came when nothing was owed any more. Late money contains no tax.</summary>
    public bool Late { get; init; }

    /// <summary>What can still be refunded, in minor units.</summary>
    public long Left => Math.Max(0, Amount - Returned - ChargedBack);

    /// <summary>What the customer's bank can still take back, in minor units, including what became credit.</summary>
    public long LeftToBank => Amount - Returned + Credited - ChargedBack;
}

public enum DisputeStatus
{
    /// <summary>The bank has the money and the dispute is not decided yet.</summary>
    Open,

    /// <summary>The money was returned to the seller.</summary>
    Won,

    /// <summary>The money stays with the customer.</summary>
    Lost,
}

/// <summary>A charge that the customer's bank took back, in full or in part.</summary>
/// <param name="Amount">Minor units that the bank took back.</param>
/// <param name="CreditTaken">The subscription's credit that was set off against it, in minor units.</param>
/// <param name="OfService">The part of it that counts against the running service, in minor units.</param>
/// <param name="ServiceInvoice">The number of the running service's invoice when the dispute was opened.</param>
/// <param name="Shares">What each party gave back.</param>
/// <param name="Reason">The bank's reason, as an older release stored it.</param>
/// <param name="OpenedAt">When the dispute was recorded.</param>
/// <param name="ClosedAt">When the dispute was decided.</param>
public sealed record Dispute(
    DisputeStatus Status, long Amount, long CreditTaken, long OfService, int ServiceInvoice, ImmutableArray<PartyShare> Shares,
    string? Reason, Instant OpenedAt, Instant? ClosedAt)
{
    /// <summary>The sequence under which the bank's reason is stored; null if there is none.</summary>
    public long? ReasonSequence { get; init; }
}

/// <summary>The part of an invoice line that a refund returned because it named the line.</summary>
/// <param name="Refund">The refund's number; 0 for a return as credit.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Amount">Minor units.</param>
public readonly record struct ReturnedLine(int Refund, int Line, long Amount);

/// <summary>An invoice and its collection so far, rebuilt from events.</summary>
public sealed record Invoice
{
    /// <summary>Counted from 1 within the subscription.</summary>
    public required int Number { get; init; }

    /// <summary>The period that it pays for.</summary>
    public required BillingPeriod Period { get; init; }

    public required InvoiceStatus Status { get; init; }

    public required ImmutableArray<InvoiceLine> Lines { get; init; }

    /// <summary>Sum of the lines, in minor units.</summary>
    public required long Total { get; init; }

    /// <summary>Collected so far toward the total, in minor units. Refunds do not lower it.</summary>
    public required long Paid { get; init; }

    /// <summary>Refunded so far, in minor units.</summary>
    public required long Refunded { get; init; }

    public ImmutableArray<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for all at once.</summary>
    public int Parts { get; init; }

    /// <summary>Credit that it used, in minor units.</summary>
    public long CreditApplied { get; init; }

    /// <summary>Money that unused time brought along, in minor units; null if it follows from the lines.</summary>
    internal long? Carried { get; init; }

    /// <summary>Reduction after issue, by credit notes and canceled parts, in minor units.</summary>
    public long Credited { get; init; }

    /// <summary>What was returned for single lines, including refunds in flight.</summary>
    public ImmutableArray<ReturnedLine> LinesReturned { get; init; } = [];

    /// <summary>
    /// Whether it is void because its plan change was replaced by another. Money that still arrives for it becomes credit.
    /// </summary>
    public bool Withdrawn { get; init; }

    /// <summary>Whether collection stopped before the invoice was paid in full.</summary>
    internal bool IsClosed => Status is InvoiceStatus.Void or InvoiceStatus.Uncollectible;

    /// <summary>Everything ever collected for it, in minor units, including late money. Refunds do not lower it.</summary>
    public long Collected
    {
        get
        {
            var collected = 0L;
            foreach (var capture in Captures) collected += capture.Amount;
            return collected;
        }
    }

    /// <summary>What customers' banks took back and was not won back, in minor units.</summary>
    public long ChargedBack
    {
        get
        {
            var taken = 0L;
            foreach (var capture in Captures) taken += capture.ChargedBack;
            return taken;
        }
    }

    /// <summary>The status to display: disputed while a dispute is open.</summary>
    public InvoiceStatus Standing
    {
        get
        {
            foreach (var capture in Captures)
            {
                if (capture.Dispute is { Status: DisputeStatus.Open }) return InvoiceStatus.Disputed;
            }

            return Status;
        }
    }

    /// <summary>Number of refunds requested so far, over all its charges. The next refund gets the next number.</summary>
    public int Refunds { get; init; }

    /// <summary>The money that its charges collected.</summary>
    public ImmutableArray<Capture> Captures { get; init; } = [];

    public required Instant CreatedAt { get; init; }

    /// <summary>When it was paid in full; null until then.</summary>
    public Instant? PaidAt { get; init; }

    /// <summary>Attempts to collect it, oldest first.</summary>
    public required ImmutableArray<InvoiceAttempt> Attempts { get; init; }
}
