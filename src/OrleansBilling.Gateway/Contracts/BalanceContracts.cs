using System.Collections.Immutable;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The amount owed to a party from a seller's products, in minor units; negative if the party owes.</summary>
internal sealed record BalanceDocument(string SellerId, string PartyId, string Currency, Int128 Amount);

/// <summary>A page of balances, ordered by seller, party and currency.</summary>
internal sealed record BalancePage(ImmutableArray<BalanceDocument> Data, string? NextCursor);
