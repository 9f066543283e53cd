using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Money of an invoice that went back.</summary>
/// <param name="Id">Its place within the subscription.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Number">Gapless for the seller; null until it is assigned.</param>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="To">Where the money went.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units, tax included.</param>
/// <param name="Tax">Tax in it, in minor units.</param>
/// <param name="Reason">In the seller's words.</param>
/// <param name="At">When it went back.</param>
internal sealed record CreditNoteDocument(
    string Id, string SubscriptionId, long? Number, int Invoice, RefundTarget To, string Currency, long Amount, long Tax, string? Reason,
    Instant At)
{
    public static string IdOf(string subscriptionId, int creditNote) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:credit-note-{creditNote}");
}

/// <summary>A page of credit notes, oldest first.</summary>
internal sealed record CreditNotePage(ImmutableArray<CreditNoteDocument> Data, string? NextCursor);
