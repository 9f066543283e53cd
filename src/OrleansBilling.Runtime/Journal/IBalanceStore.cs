using System.Collections.Immutable;

namespace OrleansBilling.Runtime.Journal;

/// <summary>What each party of the revenue split is owed: the sum of all committed postings, exact at any time.</summary>
public interface IBalanceStore
{
    /// <summary>
    /// Up to <paramref name="limit"/> balances after <paramref name="after"/>, ordered by seller, party and
    /// currency. Of these sellers and parties; none match all.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after, int limit,
        CancellationToken cancellationToken);

    /// <summary>The same for one seller and one party; null matches all.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        string? sellerId, string? partyId, BalanceKey? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(sellerId is null ? [] : [sellerId], partyId is null ? [] : [partyId], after, limit, cancellationToken);
}

/// <summary>Identifies a balance.</summary>
/// <param name="SellerId">The seller whose product was sold.</param>
/// <param name="PartyId">Who is owed: the seller itself, or a party of its split.</param>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct BalanceKey(string SellerId, string PartyId, string Currency);

/// <summary>A change to one balance.</summary>
/// <param name="Key">The balance.</param>
/// <param name="Amount">Minor units added to what the party is owed; negative when money went back.</param>
public readonly record struct BalanceDelta(BalanceKey Key, long Amount);

/// <summary>A balance.</summary>
/// <param name="Key">The balance.</param>
/// <param name="Amount">
/// Minor units that the party is owed; negative when it owes. The sum over many subscriptions may exceed 64 bits.
/// </param>
public readonly record struct BalanceRow(BalanceKey Key, Int128 Amount);
