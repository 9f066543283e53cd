using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A refund of an invoice.</summary>
/// <param name="Id">The subscription's id and the credit note's number within it.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="SellerId">Who sells the subscription's product.</param>
/// <param name="CustomerId">Whose money it was.</param>
/// <param name="Number">Gapless per seller; null until assigned.</param>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="To">Where the money went.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units, including tax.</param>
/// <param name="Tax">The tax in the amount, in minor units.</param>
/// <param name="Reason">The seller's own words.</param>
/// <param name="At">When it was refunded.</param>
internal sealed record CreditNoteDocument(
    string Id,
    string SubscriptionId,
    string SellerId,
    string CustomerId,
    long? Number,
    int Invoice,
    RefundTarget To,
    string Currency,
    long Amount,
    long Tax,
    string? Reason,
    Instant At)
{
    public static CreditNoteDocument From(CreditNote note, long? number, SubscriptionTexts texts) => new(
        IdOf(note.SubscriptionId, note.Ordinal),
        note.SubscriptionId,
        note.SellerId,
        note.CustomerId,
        number,
        note.Invoice,
        note.ToCredit ? RefundTarget.Credit : RefundTarget.PaymentMethod,
        note.Currency,
        note.Amount,
        note.Tax,
        texts.ReasonOf(note),
        note.CreatedAt);

    public static string IdOf(string subscriptionId, int creditNote) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:credit-note-{creditNote}");
}

/// <summary>A page of credit notes: those of one subscription oldest first, those of all newest first.</summary>
internal sealed record CreditNotePage(ImmutableArray<CreditNoteDocument> Data, string? NextCursor);
