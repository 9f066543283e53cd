using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>A party's share of collected money, in minor units.</summary>
public sealed record PartyShare(string PartyId, long Amount);

/// <summary>Splits collected money among the parties of an offer and the seller.</summary>
public static class RevenueSplits
{
    /// <summary>
    /// The shares of <paramref name="net"/> (collected money without tax). They sum to it. Parties are served in the offer's
    /// order, at most with what is left, and the seller gets the rest. A party named twice has one share. Shares of 0 are left
    /// out.
    /// </summary>
    public static ImmutableArray<PartyShare> Of(ImmutableArray<SplitPart> split, string sellerId, string? affiliateId, long net)
    {
        if (net <= 0) return [];
        if (split.IsEmpty) return [new PartyShare(sellerId, net)];
        var shares = ImmutableArray.CreateBuilder<PartyShare>(split.Length + 1);
        var left = net;
        foreach (var part in split)
        {
            var party = part.PartyId ?? affiliateId;
            if (party is null || party == sellerId) continue;
            var wanted = part.MilliPercent is { } percent ? Money.PercentOf(net, percent) : part.Amount ?? 0;
            var amount = Math.Min(left, wanted);
            left -= amount;
            Add(shares, party, amount);
        }

        Add(shares, sellerId, left);
        return shares.ToImmutable();
    }

    /// <summary>
    /// What each party gives back now, computed cumulatively. In total, with <paramref name="returned"/> from before, a party
    /// gives back <paramref name="after"/> ÷ <paramref name="total"/> of its share. A full refund therefore reverses every share
    /// exactly, even if a refund in between failed.
    /// </summary>
    public static ImmutableArray<PartyShare> GivenBack(
        ImmutableArray<PartyShare> shares, ImmutableArray<PartyShare> returned, long after, long total)
    {
        var parts = ImmutableArray.CreateBuilder<PartyShare>(shares.Length);
        foreach (var share in shares)
        {
            var before = returned.FirstOrDefault(one => one.PartyId == share.PartyId)?.Amount ?? 0;
            Add(parts, share.PartyId, Math.Max(0, Money.MultiplyDivide(share.Amount, after, total) - before));
        }

        return parts.ToImmutable();
    }

    /// <summary>The shares with opposite sign.</summary>
    public static ImmutableArray<PartyShare> Reversed(ImmutableArray<PartyShare> shares) =>
        [.. shares.Select(share => share with { Amount = -share.Amount })];

    /// <summary>Adds two lists of shares by party.</summary>
    public static ImmutableArray<PartyShare> Sum(ImmutableArray<PartyShare> one, ImmutableArray<PartyShare> other)
    {
        var sum = one.ToBuilder();
        foreach (var share in other) Add(sum, share.PartyId, share.Amount);
        return sum.ToImmutable();
    }

    private static void Add(ImmutableArray<PartyShare>.Builder shares, string party, long amount)
    {
        if (amount == 0) return;
        for (var n = 0; n < shares.Count; n++)
        {
            if (shares[n].PartyId != party) continue;
            shares[n] = shares[n] with { Amount = shares[n].Amount + amount };
            return;
        }

        shares.Add(new PartyShare(party, amount));
    }
}
