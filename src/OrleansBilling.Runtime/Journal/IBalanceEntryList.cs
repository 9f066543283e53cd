using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Lists what moved a party's balances, newest first: the entries of a balance sum up to it. The list is derived from the journal and
/// follows its commits within a second (<see cref="IListProjection"/>); the balances themselves (<see cref="IBalanceStore"/>) do not trail.
/// </summary>
public interface IBalanceEntryList
{
    /// <summary>
    /// Up to <paramref name="limit"/> matching entries of a party after a mark; null while the list is being rebuilt.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<BalanceEntry>?> ListAsync(
        BalanceEntryFilter filter, BalanceEntryMark? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which entries of a party to list. Several values mean any of them; an empty list means all.</summary>
/// <param name="PartyId">Who is owed.</param>
public sealed record BalanceEntryFilter(string PartyId)
{
    /// <summary>The sellers whose products were sold.</summary>
    public ImmutableArray<string> SellerIds { get; init; } = [];

    public ImmutableArray<string> SubscriptionIds { get; init; } = [];

    /// <summary>ISO 4217 codes.</summary>
    public ImmutableArray<string> Currencies { get; init; } = [];

    public InstantRange Created { get; init; }
}

/// <summary>An entry's place among those of its party, which are ordered by these, all descending.</summary>
public readonly record struct BalanceEntryMark(Instant CreatedAt, string SubscriptionId, long Sequence)
{
    public static BalanceEntryMark Of(BalanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(entry.CreatedAt, entry.SubscriptionId, entry.Sequence);
    }
}

/// <summary>Why a balance moved, as the ledger books it.</summary>
public enum BalanceEntryKind
{
    /// <summary>A charge was collected; the party got its share.</summary>
    Paid,

    /// <summary>Money went back to the payment method; the party gave its share back.</summary>
    Refunded,

    /// <summary>Collected money became credit of the subscription; the party gave its share back.</summary>
    Credited,

    /// <summary>The customer's bank took a charge back; the party gave its share back.</summary>
    ChargedBack,

    /// <summary>A dispute was won; the party has its share again.</summary>
    ChargebackWon,
}

/// <summary>One movement of one balance.</summary>
/// <param name="PartyId">Who is owed.</param>
/// <param name="SellerId">The seller whose product was sold.</param>
/// <param name="Sequence">The event of the subscription that moved it. A party has at most one entry for each.</param>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="CreditNote">The credit note's number within the subscription, if one was issued.</param>
/// <param name="Attempt">The attempt whose money the customer's bank took or gave back; null for anything else.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units added to what the party is owed; negative when money went back.</param>
public sealed record BalanceEntry(
    string PartyId,
    string SellerId,
    string SubscriptionId,
    long Sequence,
    BalanceEntryKind Kind,
    int Invoice,
    int? CreditNote,
    int? Attempt,
    string Currency,
    long Amount,
    Instant CreatedAt);
