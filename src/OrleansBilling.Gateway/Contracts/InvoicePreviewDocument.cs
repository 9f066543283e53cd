using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// The invoice that a command would issue, line by line as it would be billed. If it would issue none, there is no period and no line,
/// and the total is 0.
/// </summary>
/// <param name="Period">The period that it would bill; null if no invoice would be issued.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Lines">The lines that add up to the total.</param>
/// <param name="Taxes">The taxes included in it.</param>
/// <param name="Parts">The number of monthly installments; null if paid at once.</param>
/// <param name="Total">Minor units. A negative total would become credit.</param>
internal sealed record InvoicePreviewDocument(
    string SubscriptionId,
    PeriodDocument? Period,
    string Currency,
    ImmutableArray<InvoiceLineDocument> Lines,
    ImmutableArray<InvoiceTaxDocument> Taxes,
    int? Parts,
    long Total)
{
    public static InvoicePreviewDocument From(SubscriptionView view, in InvoicePreview preview)
    {
        var (id, currency) = (view.State.Id, view.Terms.Offer.Currency);
        if (preview is not { Invoice: { } invoice, Period: { } period })
            return new InvoicePreviewDocument(id, null, currency, [], [], null, 0);
        return new InvoicePreviewDocument(
            id, PeriodDocument.From(period), currency, InvoiceLineDocument.From(invoice.Lines, period),
            InvoiceTaxDocument.From(invoice.Taxes),
            invoice.Parts == 0 ? null : invoice.Parts, invoice.Total);
    }
}
