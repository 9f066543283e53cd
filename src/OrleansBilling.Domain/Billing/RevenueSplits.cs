using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>What a party gets of collected money, in minor units.</summary>
/// <param name="PartyId">Who.</param>
/// <param name="Amount">How much.</param>
public sealed record PartyShare(string PartyId, long Amount);

/// <summary>Sharing collected money out among the seller and the parties of an offer.</summary>
public static class RevenueSplits
{
    /// <summary>
    /// The shares of <paramref name="net"/> (collected, without tax), which sum to it: parties in the offer's order, none
    /// more than what is left, and the rest to the seller. A party that is named twice has one share; nobody has a share of zero.
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
    /// What each party gives back of its share so that in all, with what it gave <paramref name="returned"/> before, it
    /// gave back as much of it as <paramref name="after"/> is of <paramref name="total"/>: giving all back reverses
    /// every share exactly, whatever failed in between.
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

    /// <summary>The same shares with the sign changed.</summary>
    public static ImmutableArray<PartyShare> Reversed(ImmutableArray<PartyShare> shares) =>
        [.. shares.Select(share => share with { Amount = -share.Amount })];

    /// <summary>Both together, by party.</summary>
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
