using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The amount owed to a party from a seller's products, in minor units; negative if the party owes.</summary>
internal sealed record BalanceDocument(string SellerId, string PartyId, string Currency, Int128 Amount);

/// <summary>A page of balances, ordered by seller, party and currency.</summary>
internal sealed record BalancePage(ImmutableArray<BalanceDocument> Data, string? NextCursor);

/// <summary>What one event of a subscription moved on a balance.</summary>
/// <param name="SellerId">The seller whose product was sold.</param>
/// <param name="SubscriptionId">The sale.</param>
/// <param name="Sequence">The event of the subscription that moved it, as the feed and webhooks count them. With subscription and party it
/// identifies the entry.</param>
/// <param name="Kind">Why it moved.</param>
/// <param name="InvoiceId">The invoice whose money moved.</param>
/// <param name="CreditNoteId">The credit note that was issued; null if none was.</param>
/// <param name="ChargebackId">The chargeback; null for anything else.</param>
/// <param name="Amount">Minor units added to what the party is owed; negative when money went back.</param>
/// <param name="CreatedAt">When it moved.</param>
internal sealed record BalanceEntryDocument(
    string PartyId,
    string SellerId,
    string SubscriptionId,
    long Sequence,
    BalanceEntryKind Kind,
    string InvoiceId,
    string? CreditNoteId,
    string? ChargebackId,
    string Currency,
    long Amount,
    Instant CreatedAt)
{
    public static BalanceEntryDocument From(BalanceEntry entry) => new(
        entry.PartyId,
        entry.SellerId,
        entry.SubscriptionId,
        entry.Sequence,
        entry.Kind,
        new InvoiceId(entry.SubscriptionId, entry.Invoice).ToString(),
        entry.CreditNote is { } note ? CreditNoteDocument.IdOf(entry.SubscriptionId, note) : null,
        entry.Attempt is { } attempt ? ChargebackDocument.IdOf(entry.SubscriptionId, entry.Invoice, attempt) : null,
        entry.Currency,
        entry.Amount,
        entry.CreatedAt);
}

/// <summary>A page of entries, newest first.</summary>
internal sealed record BalanceEntryPage(ImmutableArray<BalanceEntryDocument> Data, string? NextCursor);
