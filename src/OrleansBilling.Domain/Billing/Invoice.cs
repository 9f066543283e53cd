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

    /// <summary>The unused share of what was paid before.</summary>
    ProrationCredit,

    /// <summary>The price of the rest of a period.</summary>
    ProrationCharge,

    /// <summary>Credit of the subscription that is used up.</summary>
    CreditApplied,

    /// <summary>Something bought on top.</summary>
    Addon,

    /// <summary>Metered usage of the time before.</summary>
    Usage,

    /// <summary>One of the parts in which the fee of a period is paid.</summary>
    Installment,

    /// <summary>Tax that is added to the price.</summary>
    Tax,
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

    /// <summary>Collected, but the customer's bank took it back, or a part of it, and that is not decided yet.</summary>
    Disputed,
}

/// <summary>One line of an invoice.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Amount">Minor units; negative for what is taken off.</param>
/// <param name="Description">For people.</param>
/// <param name="Period">What it is for, where that is not the period of the invoice.</param>
public sealed record InvoiceLine(InvoiceLineType Type, long Amount, string Description, BillingPeriod? Period = null)
{
    /// <summary>Of usage: the meter's id.</summary>
    public string? Meter { get; init; }
}

/// <summary>An invoice as it is issued: what one recurrence, or a change, costs.</summary>
/// <param name="Number">Counted from 1 within the subscription; part of the provider key of its charges.</param>
/// <param name="Lines">What makes up the total.</param>
/// <param name="Total">The sum of the lines, in minor units; what is negative becomes credit.</param>
public sealed record IssuedInvoice(int Number, ImmutableArray<InvoiceLine> Lines, long Total)
{
    /// <summary>The taxes in it, whether added as lines or contained in the prices.</summary>
    public ImmutableArray<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for at once.</summary>
    public int Parts { get; init; }

    /// <summary>Credit that it uses up, in minor units.</summary>
    public long CreditApplied => -Sum(InvoiceLineType.CreditApplied);

    /// <summary>What it adds to the subscription's credit, in minor units; negative where it uses credit up.</summary>
    public long CreditChange => Math.Max(0, -Total) - CreditApplied;

    /// <summary>All taxes in it, in minor units.</summary>
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
/// <param name="Amount">Minor units asked for.</param>
/// <param name="Token">The payment method.</param>
public sealed record InvoiceAttempt(int Number, Instant At, AttemptOutcome Outcome, string? Code, long Amount, string Token);

/// <summary>Money that an attempt collected, for refunds and chargebacks.</summary>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Token">The payment method that paid.</param>
/// <param name="Returned">Minor units given back or on their way back, as money or as credit.</param>
/// <param name="ChargedBack">Minor units that the customer's bank took back and that were not won again.</param>
/// <param name="Shares">What each party got of it.</param>
public sealed record Capture(int Attempt, long Amount, string Token, long Returned, long ChargedBack, ImmutableArray<PartyShare> Shares)
{
    /// <summary>The dispute of it; null where there was none.</summary>
    public Dispute? Dispute { get; init; }

    /// <summary>Tax in <see cref="Returned"/>, in minor units.</summary>
    public long TaxReturned { get; init; }

    /// <summary>What each party gave back with <see cref="Returned"/>.</summary>
    public ImmutableArray<PartyShare> SharesReturned { get; init; } = [];

    /// <summary>
    /// Minor units of <see cref="Returned"/> that became credit of the subscription: the customer's bank can still take
    /// them back.
    /// </summary>
    public long Credited { get; init; }

    /// <summary>Whether nobody owed it any more when it came; no tax is in it.</summary>
    public bool Late { get; init; }

    /// <summary>What can still be given back, in minor units.</summary>
    public long Left => Math.Max(0, Amount - Returned - ChargedBack);

    /// <summary>What the customer's bank can still take back, in minor units: also what became credit.</summary>
    public long LeftToBank => Amount - Returned + Credited - ChargedBack;
}

/// <summary>How a dispute of a charge stands.</summary>
public enum DisputeStatus
{
    /// <summary>The bank has the money; it is not decided yet.</summary>
    Open,

    /// <summary>The money was put back.</summary>
    Won,

    /// <summary>The money stays with the customer.</summary>
    Lost,
}

/// <summary>A charge that the customer's bank took back, all or a part of it.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Amount">Minor units that the bank took.</param>
/// <param name="CreditTaken">Minor units of credit that were set off against it.</param>
/// <param name="OfService">Minor units of it that the service gave back.</param>
/// <param name="ServiceInvoice">The number of the service's invoice then.</param>
/// <param name="Shares">What each party gave back.</param>
/// <param name="Reason">The bank's reason code.</param>
/// <param name="OpenedAt">When it was recorded.</param>
/// <param name="ClosedAt">When it was decided.</param>
public sealed record Dispute(
    DisputeStatus Status, long Amount, long CreditTaken, long OfService, int ServiceInvoice, ImmutableArray<PartyShare> Shares,
    string? Reason, Instant OpenedAt, Instant? ClosedAt);

/// <summary>A part of a line that went back with a refund that named it.</summary>
/// <param name="Refund">The refund's number; 0 for what became credit.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Amount">Minor units.</param>
public readonly record struct ReturnedLine(int Refund, int Line, long Amount);

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

    /// <summary>Collected so far of what it asks for, in minor units; refunds do not lower it.</summary>
    public required long Paid { get; init; }

    /// <summary>Given back so far, in minor units.</summary>
    public required long Refunded { get; init; }

    /// <summary>The taxes in it.</summary>
    public ImmutableArray<InvoiceTax> Taxes { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for at once.</summary>
    public int Parts { get; init; }

    /// <summary>Credit that it used up, in minor units.</summary>
    public long CreditApplied { get; init; }

    /// <summary>Taken off again after it was issued, by credit notes and by parts that fell away, in minor units.</summary>
    public long Credited { get; init; }

    /// <summary>What went back of single lines, also with refunds that are on their way.</summary>
    public ImmutableArray<ReturnedLine> LinesReturned { get; init; } = [];

    /// <summary>
    /// Whether it is void because the change that it was for was changed again; money that still comes for it becomes
    /// credit.
    /// </summary>
    public bool Withdrawn { get; init; }

    /// <summary>Whether nothing more is asked for, though it was not collected in full.</summary>
    internal bool IsClosed => Status is InvoiceStatus.Void or InvoiceStatus.Uncollectible;

    /// <summary>What was collected for it in all, in minor units, also late; refunds do not lower it.</summary>
    public long Collected
    {
        get
        {
            var collected = 0L;
            foreach (var capture in Captures) collected += capture.Amount;
            return collected;
        }
    }

    /// <summary>What customers' banks took back of it and was not won again, in minor units.</summary>
    public long ChargedBack
    {
        get
        {
            var taken = 0L;
            foreach (var capture in Captures) taken += capture.ChargedBack;
            return taken;
        }
    }

    /// <summary>Where it stands for people: disputed as long as a dispute is open.</summary>
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

    /// <summary>Refunds asked for so far, of all its charges; the next one's number follows.</summary>
    public int Refunds { get; init; }

    /// <summary>What its charges collected.</summary>
    public ImmutableArray<Capture> Captures { get; init; } = [];

    /// <summary>When it was issued.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was paid in full.</summary>
    public Instant? PaidAt { get; init; }

    /// <summary>Every try to collect it, oldest first.</summary>
    public required ImmutableArray<InvoiceAttempt> Attempts { get; init; }
}
