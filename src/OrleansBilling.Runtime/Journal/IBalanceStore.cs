namespace OrleansBilling.Runtime.Journal;

/// <summary>What each party of the revenue split is owed, summed from the postings that commits wrote; exact at every instant.</summary>
public interface IBalanceStore
{
    /// <summary>
    /// Up to <paramref name="limit"/> balances ordered by seller, party and currency, behind <paramref name="after"/>;
    /// null matches every seller or party.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        string? sellerId, string? partyId, BalanceKey? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Whose balance, from whose products, in which currency.</summary>
/// <param name="SellerId">The seller whose product was sold.</param>
/// <param name="PartyId">Who is owed; the seller itself, or a party of its split.</param>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct BalanceKey(string SellerId, string PartyId, string Currency);

/// <summary>A change of one balance.</summary>
/// <param name="Key">Which.</param>
/// <param name="Amount">Minor units that are owed more; negative when money went back.</param>
public readonly record struct BalanceDelta(BalanceKey Key, long Amount);

/// <summary>A balance.</summary>
/// <param name="Key">Which.</param>
/// <param name="Amount">Minor units that the party is owed; negative when it owes. Of many subscriptions, so that 64
/// bits may not hold it.</param>
public readonly record struct BalanceRow(BalanceKey Key, Int128 Amount);
