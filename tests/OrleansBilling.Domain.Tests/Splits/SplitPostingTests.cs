namespace OrleansBilling.Domain.Tests.Splits;

/// <summary>What parties are owed after charges, refunds and chargebacks of a subscription.</summary>
public sealed class SplitPostingTests
{
    private static readonly Given Shared = Given.Monthly(1000).OfOffer(o => o with
    {
        Split = [new SplitPart(SplitRole.Platform, "platform", 10_000, null), new SplitPart(SplitRole.Affiliate, null, 33_300, null)],
    });

    private static Timeline Brought(Given? given = null, string? affiliate = "zoe")
    {
        var life = (given ?? Shared).At("2024-06-01T00:00");
        return life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with { AffiliateId = affiliate });
    }

    /// <summary>Balances by name, without those of zero.</summary>
    private static string Owed(Timeline life) =>
        string.Join(' ', life.Events.SelectMany(e => Postings.Of(e)).Where(posting => posting.Party is not null)
        .GroupBy(posting => posting.Party!, (party, postings) => (party, owed: -postings.Sum(posting => posting.Amount)))
        .Where(balance => balance.owed != 0).OrderBy(balance => balance.party, StringComparer.Ordinal)
            .Select(balance => $"{balance.party}:{balance.owed}"));

    [Fact]
    public void Each_captured_charge_is_shared_out()
    {
        Assert.Equal("platform:100 seller:567 zoe:333", Owed(Brought()));
        Assert.Equal("platform:200 seller:1134 zoe:666", Owed(Brought().To("2024-07-01T00:00")));
        Assert.Equal("platform:100 seller:900", Owed(Brought(affiliate: null)));
    }

    [Fact]
    public void What_is_not_captured_is_nobodys()
    {
        var life = Shared.At("2024-06-01T00:00").SubscribeWith(Bank.Soft);

        Assert.Equal("", Owed(life));
    }

    [Fact]
    public void Tax_is_not_shared()
    {
        var exclusive = Brought(Shared.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 20_000)]) }));
        Assert.Equal((1200L, "platform:100 seller:567 zoe:333"), (exclusive.State.LifetimePaid, Owed(exclusive)));

        var inclusive = Brought(Shared.OfProduct(p => p with { Tax = new TaxPolicy(true, [new TaxRate(null, "VAT", 25_000)]) }));
        Assert.Equal((1000L, "platform:80 seller:454 zoe:266"), (inclusive.State.LifetimePaid, Owed(inclusive)));
    }

    [Fact]
    public void A_partial_refund_takes_its_part_from_each_and_the_rest_comes_with_the_rest()
    {
        var life = Brought().Tell(Ask.Refund(1, 333));
        Assert.Equal("platform:67 seller:378 zoe:222", Owed(life));

        life.Tell(Ask.Refund(1, 333));
        Assert.Equal("platform:34 seller:189 zoe:111", Owed(life));

        Assert.Equal("", Owed(life.Tell(Ask.Refund(1))));
    }

    [Fact]
    public void A_refund_is_booked_when_it_has_happened_and_never_if_it_fails()
    {
        var life = Brought();
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Refund(1, 500));
        Assert.Equal("platform:100 seller:567 zoe:333", Owed(life));

        Assert.Equal("platform:100 seller:567 zoe:333", Owed(life.Tell(Ask.RefundOutcome(Bank.Hard), Caller.System)));
        Assert.Equal("platform:50 seller:284 zoe:166", Owed(life.Tell(Ask.Refund(1, 500))));
    }

    /// <summary>Regression: each party's share of a unit was rounded to nothing, so they kept more than was left of the charge.</summary>
    [Fact]
    public void Of_whatever_goes_back_unit_by_unit_the_parties_keep_no_more_than_is_left()
    {
        var life = Brought();
        for (var refunded = 1; refunded <= 12; refunded++)
        {
            life.Tell(Ask.Refund(1, 1, toCredit: refunded % 2 == 0));
            Assert.Equal(1000 - refunded, Kept(life));
        }

        Assert.Equal(1000 - 12 - 7, Kept(life.Tell(Ask.Chargeback(amount: 7))));
        Assert.Equal("", Owed(Brought().Tell(Ask.Chargeback(amount: 1)).Tell(Ask.Refund(1))));

        static long Kept(Timeline life) =>
            -life.Events.SelectMany(e => Postings.Of(e)).Where(posting => posting.Party is not null).Sum(posting => posting.Amount);
    }

    /// <summary>Regression: a unit stayed behind forever, because the second part was rounded as if the first had gone back.</summary>
    [Fact]
    public void A_refund_that_failed_between_others_leaves_no_unit_behind()
    {
        var life = Brought();
        life.Bank.Says(Bank.Silence, Bank.Paid);
        life.Tell(Ask.Refund(1, 500)).Tell(Ask.Refund(1, 500)).Tell(Ask.RefundOutcome(Bank.Hard, refund: 1), Caller.System);

        Assert.Equal("", Owed(life.Tell(Ask.Refund(1))));
    }

    [Fact]
    public void Money_that_becomes_credit_is_given_back_by_the_parties_and_shared_out_when_it_is_collected_again()
    {
        var life = Brought().Tell(Ask.Refund(1, 400, toCredit: true));
        Assert.Equal("platform:60 seller:340 zoe:200", Owed(life));

        // The next invoice collects only 600; the credit pays no party.
        Assert.Equal("platform:120 seller:680 zoe:400", Owed(life.To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_chargeback_takes_back_what_refunds_left()
    {
        var life = Brought().Tell(Ask.Refund(1, 333)).Tell(Ask.Chargeback());

        Assert.Equal("", Owed(life));
    }

    [Fact]
    public void Each_part_of_a_year_is_shared_out_by_itself()
    {
        var life = Brought(
            Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 })
                .OfOffer(o => o with { Split = [new SplitPart(SplitRole.Platform, "platform", null, 150)] }));

        Assert.Equal("platform:150 seller:850", Owed(life));
        Assert.Equal("platform:1800 seller:10200", Owed(life.To("2025-05-31T00:00")));
    }

    [Fact]
    public void Money_that_nobody_owed_is_nobodys_share()
    {
        var life = Brought();
        life.Bank.Says(Bank.Voucher, Bank.Voucher, Bank.Voucher, Bank.Voucher);
        life.To("2024-07-05T00:00").Tell(Ask.ChangeMethod("tok_card"));
        var before = Owed(life);

        Assert.Equal(before, Owed(life.Tell(Ask.Confirm(Bank.Paid, invoice: 2))));
    }

    [Fact]
    public void Parties_are_those_of_the_offer_at_the_time_of_the_charge()
    {
        var life = Brought()
            .Tell(Ask.ChangePlan(
                Shared.OfOffer(o => o with { Id = "new", Split = [new SplitPart(SplitRole.Platform, "platform", 50_000, null)] }).Terms()))
                    .To("2024-07-01T00:00");

        Assert.Equal("platform:600 seller:1067 zoe:333", Owed(life));
    }
}
