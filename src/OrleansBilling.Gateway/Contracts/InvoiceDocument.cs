using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The invoice of a recurrence or a change, and how it was collected.</summary>
/// <param name="Id">The subscription's id and the invoice's number within it.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="SellerId">Who sells the subscription's product.</param>
/// <param name="CustomerId">Who pays it.</param>
/// <param name="Number">Gapless per seller; null until assigned, shortly after the invoice was issued.</param>
/// <param name="Period">The period it bills.</param>
/// <param name="Status">Disputed while the customer's bank holds some of its money and the dispute is undecided.</param>
/// <param name="Overdue">Whether it is still collected and an attempt was declined, or was not possible for want of a payment
/// method.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Lines">The lines that add up to the total.</param>
/// <param name="Taxes">The taxes included in it.</param>
/// <param name="Parts">The number of monthly installments; null if paid at once.</param>
/// <param name="Total">Minor units. A negative total became credit.</param>
/// <param name="Paid">Minor units collected, even late. Refunds and chargebacks do not lower it.</param>
/// <param name="Refunded">Minor units refunded.</param>
/// <param name="ChargedBack">Minor units the customer's bank took back, without won disputes.</param>
/// <param name="Credited">Minor units taken off after it was issued.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="PaidAt">When it was paid in full.</param>
/// <param name="Attempts">All attempts to collect it, oldest first.</param>
internal sealed record InvoiceDocument(
    string Id,
    string SubscriptionId,
    string SellerId,
    string CustomerId,
    long? Number,
    PeriodDocument Period,
    InvoiceStatus Status,
    bool Overdue,
    string Currency,
    ImmutableArray<InvoiceLineDocument> Lines,
    ImmutableArray<InvoiceTaxDocument> Taxes,
    int? Parts,
    long Total,
    long Paid,
    long Refunded,
    long ChargedBack,
    long Credited,
    Instant CreatedAt,
    Instant? PaidAt,
    ImmutableArray<InvoiceAttemptDocument> Attempts)
{
    public static InvoiceDocument From(BilledInvoice billed, long? number)
    {
        var invoice = billed.Invoice;
        return new InvoiceDocument(
            new InvoiceId(billed.SubscriptionId, invoice.Number).ToString(),
            billed.SubscriptionId,
            billed.SellerId,
            billed.CustomerId,
            number,
            PeriodDocument.From(invoice.Period),
            invoice.Standing,
            billed.Overdue,
            billed.Currency,
            InvoiceLineDocument.From(invoice.Lines, invoice.Period),
            InvoiceTaxDocument.From(invoice.Taxes),
            invoice.Parts == 0 ? null : invoice.Parts,
            invoice.Total,
            invoice.Collected,
            invoice.Refunded,
            invoice.ChargedBack,
            invoice.Credited,
            invoice.CreatedAt,
            invoice.PaidAt,
            [.. invoice.Attempts.Select(attempt => new InvoiceAttemptDocument(attempt.Number, attempt.At, attempt.Outcome, attempt.Code))]);
    }
}

/// <summary>A line of an invoice.</summary>
/// <param name="Type">The kind of line.</param>
/// <param name="Description">For people.</param>
/// <param name="Amount">Minor units. For usage, the price of the meter's reading in the period, less what was billed for it in the
/// period before.</param>
/// <param name="Period">The period it bills.</param>
/// <param name="Meter">The meter's id for usage; null otherwise, and on invoices older than this field.</param>
internal sealed record InvoiceLineDocument(InvoiceLineType Type, string Description, long Amount, PeriodDocument Period, string? Meter)
{
    /// <summary>Lines without a period of their own take that of their invoice.</summary>
    public static ImmutableArray<InvoiceLineDocument> From(ImmutableArray<InvoiceLine> lines, BillingPeriod period) =>
        [.. lines.Select(
            line => new InvoiceLineDocument(
                line.Type, line.Description, line.Amount, PeriodDocument.From(line.Period ?? period), line.Meter))];
}

/// <summary>One attempt to collect an invoice.</summary>
/// <param name="Number">Counted from 1 within the invoice.</param>
/// <param name="At">When the provider was asked.</param>
/// <param name="Outcome">How it ended, or that it has not ended.</param>
/// <param name="Code">The provider's decline code; null if it was not declined.</param>
internal sealed record InvoiceAttemptDocument(int Number, Instant At, AttemptOutcome Outcome, string? Code);
