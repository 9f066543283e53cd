using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>What one recurrence costs, and how it was collected.</summary>
internal sealed record InvoiceDocument(
    string Id,
    string SubscriptionId,
    PeriodDocument Period,
    InvoiceStatus Status,
    string Currency,
    ImmutableArray<InvoiceLineDocument> Lines,
    long Total,
    long Paid,
    Instant CreatedAt,
    Instant? PaidAt,
    ImmutableArray<InvoiceAttemptDocument> Attempts)
{
    public static InvoiceDocument From(string subscriptionId, string currency, Invoice invoice)
    {
        var period = PeriodDocument.From(invoice.Period);
        return new InvoiceDocument(
            string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice.Number}"),
            subscriptionId,
            period,
            invoice.Status,
            currency,
            [.. invoice.Lines.Select(line => new InvoiceLineDocument(line.Type, line.Description, line.Amount, period))],
            invoice.Total,
            invoice.Paid,
            invoice.CreatedAt,
            invoice.PaidAt,
            [.. invoice.Attempts.Select(attempt => new InvoiceAttemptDocument(attempt.Number, attempt.At, attempt.Outcome, attempt.Code))]);
    }
}

/// <summary>What a part of an invoice is for.</summary>
internal sealed record InvoiceLineDocument(InvoiceLineType Type, string Description, long Amount, PeriodDocument Period);

/// <summary>One try to collect an invoice.</summary>
internal sealed record InvoiceAttemptDocument(int Number, Instant At, AttemptOutcome Outcome, string? Code);
