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
    /// What each party gives back now, so that the parties together have given back all that went back of a charge, less the tax in
    /// it: <paramref name="after"/> of <paramref name="total"/>, of which <paramref name="shares"/> are the part without tax. Each
    /// gives its proportion of that, less what it gave before; units that rounding leaves are given by those that lack most. Nobody
    /// gives more than it has, and a full refund therefore reverses every share exactly, even if a refund in between failed.
    /// </summary>
    public static ImmutableArray<PartyShare> GivenBack(
        ImmutableArray<PartyShare> shares, ImmutableArray<PartyShare> returned, long after, long total)
    {
        var whole = shares.Sum(share => share.Amount);
        if (whole == 0) return [];
        var before = shares.Select(share => Of(returned, share.PartyId)).ToArray();
        var all = after - Taxes.Part(total - whole, 0, after, total);
        var now = all - before.Sum();
        if (now <= 0) return [];

        var given = new long[shares.Length];
        for (var n = 0; n < given.Length; n++)
            given[n] = Math.Max(0, (long)((Int128)shares[n].Amount * all / whole) - before[n]);
        for (var left = now - given.Sum(); left != 0; left -= Math.Sign(left)) given[Next(left > 0)] += Math.Sign(left);

        var parts = ImmutableArray.CreateBuilder<PartyShare>(shares.Length);
        for (var n = 0; n < given.Length; n++) Add(parts, shares[n].PartyId, given[n]);
        return parts.ToImmutable();

        // Who lacks most gives one more, or who lacks least gives one less.
        int Next(bool more)
        {
            var next = -1;
            for (var n = 0; n < given.Length; n++)
            {
                if (more ? before[n] + given[n] >= shares[n].Amount : given[n] == 0) continue;
                if (next < 0 || (more ? Lacks(n) > Lacks(next) : Lacks(n) < Lacks(next))) next = n;
            }

            return next;
        }

        Int128 Lacks(int n) => ((Int128)shares[n].Amount * all) - ((Int128)(before[n] + given[n]) * whole);
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

    private static long Of(ImmutableArray<PartyShare> shares, string party)
    {
        foreach (var share in shares)
        {
            if (share.PartyId == party) return share.Amount;
        }

        return 0;
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
