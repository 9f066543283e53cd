using System.Collections.Immutable;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Splits;

/// <summary>Every captured charge, net of tax, is split in the offer's order. The seller gets the rest.</summary>
public sealed class SplitTests
{
    private static SplitPart Platform(int milli) => new(SplitRole.Platform, "platform", milli, null);

    private static SplitPart CoProducer(string id, int? milli = null, long? amount = null) => new(SplitRole.CoProducer, id, milli, amount);

    private static SplitPart Affiliate(int milli) => new(SplitRole.Affiliate, null, milli, null);

    private static string Shares(ImmutableArray<SplitPart> split, long net, string? affiliate = null) =>
        string.Join(' ', RevenueSplits.Of(split, "seller", affiliate, net).Select(share => $"{share.PartyId}:{share.Amount}"));

    public static TheoryData<string, SplitPart[], long, string?> Tables => new()
    {
        { "seller:1000", [], 1000, null },
        { "platform:99 seller:901", [Platform(9_900)], 1000, null },
        { "platform:100 bob:250 seller:650", [Platform(10_000), CoProducer("bob", 25_000)], 1000, null },
        { "platform:100 bob:300 seller:600", [Platform(10_000), CoProducer("bob", amount: 300)], 1000, null },
        { "platform:100 zoe:300 seller:600", [Platform(10_000), Affiliate(30_000)], 1000, "zoe" },
        { "platform:100 seller:900", [Platform(10_000), Affiliate(30_000)], 1000, null },
        { "bob:900 platform:100", [CoProducer("bob", amount: 900), Platform(50_000)], 1000, null },
        { "bob:700", [CoProducer("bob", amount: 900), Platform(50_000)], 700, null },
        { "bob:1000", [CoProducer("bob", 100_000)], 1000, null },
        { "bob:600 seller:400", [CoProducer("bob", 10_000), CoProducer("bob", amount: 500)], 1000, null },
        { "bob:800 seller:200", [CoProducer("bob", 50_000), Affiliate(30_000)], 1000, "bob" },
        { "platform:100 seller:900", [Platform(10_000), CoProducer("seller", 50_000), Affiliate(30_000)], 1000, "seller" },
        { "platform:500 seller:500", [CoProducer("seller", amount: 900), Platform(50_000)], 1000, null },
        { "platform:333 bob:333 seller:334", [Platform(33_333), CoProducer("bob", 33_333)], 1000, null },
        { "platform:1 seller:2", [Platform(16_667)], 3, null },
        { "seller:2", [Platform(16_667)], 2, null },
        { "seller:1", [Platform(1)], 1, null },
        { "platform:1", [Platform(50_000)], 1, null },
        { "", [Platform(50_000)], 0, null },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Percent_of_the_whole_or_an_amount_in_order_and_the_rest_to_the_seller(
        string expected, SplitPart[] split, long net, string? affiliate) =>
        Assert.Equal(expected, Shares([.. split], net, affiliate));

    [Fact]
    public void Shares_sum_to_what_was_collected_and_nobody_has_less_than_nothing() => Properties.Hold(
        from net in Gen.Choose(0, 100_000)
        from percents in Gen.Choose(1, 100_000).ArrayOf(3)
        from amount in Gen.Choose(1, 60_000)
        select (net, percents, amount),
        c =>
        {
            var shares = RevenueSplits.Of(
                [Platform(c.percents[0]), CoProducer("bob", amount: c.amount), CoProducer("eva", c.percents[1]), Affiliate(c.percents[2])],
                "seller", "zoe", c.net);
            return shares.Sum(share => share.Amount) == c.net && shares.All(share => share.Amount > 0) &&
                shares.Select(share => share.PartyId).Distinct().Count() == shares.Length;
        });

    /// <summary>
    /// For any order of refunds, small or large: the parties have given back what went back without its tax, each its proportion to
    /// a unit or two, and once all money is back, all of every share is back.
    /// </summary>
    [Fact]
    public void Giving_back_in_any_steps_is_exact_and_reverses_every_share_to_the_last_unit() => Properties.Hold(
        from shares in Gen.Choose(1, 9_999).ArrayOf(4)
        from tax in Gen.Elements(0, 1, 777, 40_000)
        from steps in Gen.OneOf(Gen.Choose(1, 9_999), Gen.Choose(1, 3)).ArrayOf(12)
        select (shares, tax, steps),
        c =>
        {
            ImmutableArray<PartyShare> shares = [.. c.shares.Select((share, n) => new PartyShare($"p{n}", share))];
            var whole = shares.Sum(share => share.Amount);
            var total = whole + c.tax;
            ImmutableArray<PartyShare> returned = [];
            var after = 0L;
            foreach (var step in c.steps.Append(int.MaxValue))
            {
                after = Math.Min(total, after + step);
                var part = RevenueSplits.GivenBack(shares, returned, after, total);
                returned = RevenueSplits.Sum(returned, part);
                if (part.Any(share => share.Amount < 0) || returned.Sum(share => share.Amount) != after - TaxIn(after)) return false;
                if (shares.Any(share => Math.Abs(Returned(share) - ((decimal)share.Amount * after / total)) > 2)) return false;
            }

            return shares.All(share => Returned(share) == share.Amount);

            long Returned(PartyShare share) => returned.SingleOrDefault(one => one.PartyId == share.PartyId)?.Amount ?? 0;

            long TaxIn(long amount) => (long)Math.Round((decimal)c.tax * amount / total, MidpointRounding.AwayFromZero);
        });

    /// <summary>Refunds fail in any order: nobody gives more than it has, and in the end all is back.</summary>
    [Fact]
    public void Giving_back_while_refunds_fail_reverses_every_share_as_well() => Properties.Hold(
        from shares in Gen.Choose(1, 99).ArrayOf(4)
        from tax in Gen.Elements(0, 7, 100)
        from steps in Gen.Choose(1, 40).ArrayOf(20)
        from fails in Gen.Elements(true, false).ArrayOf(20)
        select (shares, tax, steps, fails),
        c =>
        {
            ImmutableArray<PartyShare> shares = [.. c.shares.Select((share, n) => new PartyShare($"p{n}", share))];
            var total = shares.Sum(share => share.Amount) + c.tax;
            var flying = new Queue<(long Amount, ImmutableArray<PartyShare> Part)>();
            ImmutableArray<PartyShare> returned = [];
            var after = 0L;
            for (var n = 0; n < c.steps.Length; n++)
            {
                if (Give(Math.Min(c.steps[n], total - after)) is { } given) flying.Enqueue(given);
                if (!c.fails[n] || flying.Count < 2) continue;
                var failed = flying.Dequeue();
                after -= failed.Amount;
                returned = RevenueSplits.Sum(returned, RevenueSplits.Reversed(failed.Part));
                if (shares.Any(share => Returned(share) < 0 || Returned(share) > share.Amount)) return false;
            }

            Give(total - after);
            return shares.All(share => Returned(share) == share.Amount);

            (long, ImmutableArray<PartyShare>)? Give(long amount)
            {
                if (amount == 0) return null;
                after += amount;
                var part = RevenueSplits.GivenBack(shares, returned, after, total);
                returned = RevenueSplits.Sum(returned, part);
                return (amount, part);
            }

            long Returned(PartyShare share) => returned.SingleOrDefault(one => one.PartyId == share.PartyId)?.Amount ?? 0;
        });
}
