using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>What one recurrence, or a change, costs, and how it was collected.</summary>
/// <param name="Id">The subscription's id and the invoice's number within it.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Number">Gapless for the seller; null until it is assigned, shortly after the invoice was issued.</param>
/// <param name="Period">What it is for.</param>
/// <param name="Status">Where it stands; disputed while the customer's bank has money of it and nothing is decided.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Lines">What makes up the total.</param>
/// <param name="Taxes">The taxes in it.</param>
/// <param name="Parts">Monthly parts in which it is paid; null for at once.</param>
/// <param name="Total">Minor units; what is negative became credit.</param>
/// <param name="Paid">Minor units collected, also late; refunds and chargebacks do not lower it.</param>
/// <param name="Refunded">Minor units given back.</param>
/// <param name="ChargedBack">Minor units that the customer's bank took back; what was won is not among them.</param>
/// <param name="Credited">Minor units taken off after it was issued.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="PaidAt">When it was paid in full.</param>
/// <param name="Attempts">Every try to collect it, oldest first.</param>
internal sealed record InvoiceDocument(
    string Id,
    string SubscriptionId,
    long? Number,
    PeriodDocument Period,
    InvoiceStatus Status,
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
    public static InvoiceDocument From(string subscriptionId, string currency, Invoice invoice, long? number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice.Number}"),
        subscriptionId,
        number,
        PeriodDocument.From(invoice.Period),
        invoice.Standing,
        currency,
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

/// <summary>What a part of an invoice is for.</summary>
/// <param name="Type">What kind of part.</param>
/// <param name="Description">For people.</param>
/// <param name="Amount">Minor units; of usage what the meter's reading in the period costs, less what was billed for it
/// in the period before.</param>
/// <param name="Period">What it is for.</param>
/// <param name="Meter">Of usage: the meter's id; null otherwise, and on invoices older than this field.</param>
internal sealed record InvoiceLineDocument(InvoiceLineType Type, string Description, long Amount, PeriodDocument Period, string? Meter)
{
    /// <summary>Lines with their own periods, or else that of their invoice.</summary>
    public static ImmutableArray<InvoiceLineDocument> From(ImmutableArray<InvoiceLine> lines, BillingPeriod period) =>
        [.. lines.Select(
            line => new InvoiceLineDocument(
                line.Type, line.Description, line.Amount, PeriodDocument.From(line.Period ?? period), line.Meter))];
}

/// <summary>One try to collect an invoice.</summary>
internal sealed record InvoiceAttemptDocument(int Number, Instant At, AttemptOutcome Outcome, string? Code);
