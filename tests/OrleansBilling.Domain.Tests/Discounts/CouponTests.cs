namespace OrleansBilling.Domain.Tests.Discounts;

/// <summary>Coupons: what they take off, for how long, and when and where they may be redeemed.</summary>
public sealed class CouponTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static Coupon Percent(int milli, int? recurrences = null, string id = "P") =>
        new() { Id = id, SellerId = "seller", Reduction = new PriceReduction(milli, null), Recurrences = recurrences };

    private static Coupon Amount(long amount, int? recurrences = null, string id = "A") =>
        new() { Id = id, SellerId = "seller", Reduction = new PriceReduction(null, amount), Recurrences = recurrences, Currency = "BRL" };

    private static Timeline SignedUpWith(Coupon coupon, Given? given = null)
    {
        var life = (given ?? Monthly).At("2024-01-31T10:00");
        return life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with { Coupon = coupon });
    }

    private static string Totals(Timeline life) => string.Join(' ', life.Invoices.Select(invoice => invoice.Total));

    public static TheoryData<Coupon, string> Lengths => new()
    {
        { Percent(10_000, 1), "2700 3000 3000 3000" },
        { Percent(10_000, 3), "2700 2700 2700 3000" },
        { Percent(10_000), "2700 2700 2700 2700" },
        { Amount(500, 1), "2500 3000 3000 3000" },
        { Amount(500, 2), "2500 2500 3000 3000" },
        { Amount(9999, 1), "0 3000 3000 3000" },
        { Percent(100_000, 2), "0 0 3000 3000" },
        { Percent(33_333, 1), "2000 3000 3000 3000" },
        { Percent(12_345, 1), "2630 3000 3000 3000" },
        { Percent(1, 1), "3000 3000 3000 3000" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void From_signup_it_lowers_the_first_recurrences_as_many_as_it_says(Coupon coupon, string totals) =>
        Assert.Equal(totals, Totals(SignedUpWith(coupon).To("2024-04-30T10:00")));

    [Fact]
    public void Applied_later_it_begins_with_the_next_recurrence()
    {
        var life = Monthly.At("2024-01-31T10:00").Subscribe().To("2024-02-10T00:00").Tell(Ask.Coupon(Percent(50_000, 2)), By.Customer);

        Assert.Equal("3000 1500 1500 3000", Totals(life.To("2024-04-30T10:00")));
        Assert.Equal("Recurrence 3000, Discount -1500 = 1500", life.Bill(2));
        Assert.Equal("Coupon P", life.Invoice(2).Lines[1].Description);
        Assert.Empty(life.State.Discounts);
    }

    [Fact]
    public void In_a_trial_it_waits_for_the_first_recurrence()
    {
        var life = Monthly.Trial(14).At("2024-01-17T10:00").Subscribe().Tell(Ask.Coupon(Percent(50_000, 1)));

        Assert.Equal("1500 3000", Totals(life.To("2024-02-29T10:00")));
    }

    [Fact]
    public void Several_take_off_one_after_the_other_what_the_others_left_and_never_more_than_all()
    {
        var life = Monthly.At("2024-01-31T10:00").Subscribe();
        life.Tell(Ask.Coupon(Percent(50_000, 1, "P1"))).Tell(Ask.Coupon(Amount(1000, 1, "A1"))).Tell(Ask.Coupon(Percent(10_000, 1, "P2")))
            .Tell(Ask.Coupon(Amount(9000, 1, "A2")));

        life.To("2024-02-29T10:00");

        Assert.Equal("Recurrence 3000, Discount -1500, Discount -1000, Discount -50, Discount -450 = 0", life.Bill(2));
        Assert.Equal(InvoiceStatus.Paid, life.Invoice(2).Status);
    }

    [Fact]
    public void Five_at_a_time_are_the_most()
    {
        var life = Monthly.At("2024-01-31T10:00").Subscribe();
        for (var n = 1; n <= 5; n++) life.Tell(Ask.Coupon(Percent(1000, n == 1 ? 1 : null, $"P{n}")));
        Assert.Equal("too_many_discounts", life.Refuses(Ask.Coupon(Percent(1000, id: "P6"))).Code);

        life.To("2024-03-31T10:00").Tell(Ask.Coupon(Percent(1000, id: "P6")));
        Assert.Equal(5, life.State.Discounts.Length);
    }

    [Fact]
    public void One_is_applied_once() =>
        Assert.Equal("coupon_applied", SignedUpWith(Percent(1000)).Refuses(Ask.Coupon(Percent(1000))).Code);

    [Theory]
    [InlineData("2024-01-31T09:59", true)]
    [InlineData("2024-01-31T10:00", false)]
    [InlineData("2024-02-10T09:59", false)]
    [InlineData("2024-02-10T10:00", true)]
    public void It_is_redeemed_from_one_instant_until_another(string at, bool refused)
    {
        var coupon = Percent(1000) with { RedeemFrom = When.Utc("2024-01-31T10:00"), RedeemUntil = When.Utc("2024-02-10T10:00") };
        var life = Monthly.At("2024-01-01T00:00").Subscribe().To(at);

        if (refused) Assert.Equal("coupon_not_valid_now", life.Refuses(Ask.Coupon(coupon)).Code);
        else Assert.Single(life.Tell(Ask.Coupon(coupon)).State.Discounts);

        var signup = Monthly.At(at);
        Assert.Equal(
            refused, signup.Decide(
                ((SubscriptionCommand.Subscribe)signup.Subscription()) with { Coupon = coupon }, By.Seller).Refusal is not null);
    }

    public static TheoryData<Coupon> Elsewhere =>
    [
        Percent(1000) with { SellerId = "other-seller" }, Percent(1000) with { ProductId = "other" },
        Percent(1000) with { PlanIds = ["other"] },
        Amount(1000) with { Currency = "USD" },
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Of_another_seller_product_plan_or_currency_it_is_good_for_nothing(Coupon coupon)
    {
        var signup = Monthly.At("2024-01-31T10:00");
        var refusal = signup.Refuses(((SubscriptionCommand.Subscribe)signup.Subscription()) with { Coupon = coupon });
        Assert.Equal(("coupon_not_valid_here", "coupon"), (refusal.Code, refusal.Field));

        Assert.Equal("coupon_not_valid_here", signup.Subscribe().Refuses(Ask.Coupon(coupon)).Code);
    }

    [Fact]
    public void Of_this_product_and_one_of_its_plans_it_is_good() =>
        Assert.Equal("2700", Totals(SignedUpWith(Percent(10_000) with { ProductId = "product", PlanIds = ["other", "plan"] })));

    /// <summary>Regression: a free month, valid only for the monthly plan, became a free year.</summary>
    [Fact]
    public void A_change_does_not_carry_it_to_a_plan_that_it_is_not_good_for()
    {
        var life = Monthly.At("2024-01-31T10:00").Subscribe().Tell(Ask.Coupon(Percent(100_000, 1) with { PlanIds = ["plan"] }));
        life.Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms(), EffectiveAt.PeriodEnd))
            .To("2024-02-29T10:00");

        Assert.Equal("Recurrence 30000 = 30000", life.Bill(2));
    }

    [Fact]
    public void Without_plans_of_its_own_it_goes_along()
    {
        var life = Monthly.At("2024-01-31T10:00").Subscribe().Tell(Ask.Coupon(Percent(50_000, 1)));
        life.Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms(), EffectiveAt.PeriodEnd))
            .To("2024-02-29T10:00");

        Assert.Equal("Recurrence 30000, Discount -15000 = 15000", life.Bill(2));
    }

    [Theory]
    [InlineData(50_000, null, "ProrationCredit -1000, ProrationCharge 4000, Discount -2000 = 1000")]
    [InlineData(null, 600, "ProrationCredit -1600, ProrationCharge 4000, Discount -400 = 2000")]
    public void A_change_within_a_period_is_discounted_like_the_period(int? percent, int? amount, string bill)
    {
        var coupon = new Coupon { Id = "C", SellerId = "seller", Reduction = new PriceReduction(percent, amount) };
        var life = Monthly.At("2024-06-01T00:00");
        life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with { Coupon = coupon }).To("2024-06-11T00:00");

        life.Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "new", Amount = 6000 }).Terms()));

        Assert.Equal(bill, life.Bill(2));
    }

    [Fact]
    public void What_was_used_is_not_discounted()
    {
        var metered = Monthly.OfOffer(
            o => o with
            {
                Meters = [
                    new Meter
                    {
                        Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(10),
                    }],
            });
        var life = SignedUpWith(Percent(50_000), metered).Tell(Ask.Usage("u1", "m", 5)).To("2024-02-29T10:00");

        Assert.Equal("Recurrence 3000, Discount -1500, Usage 50 = 1550", life.Bill(2));
    }

    [Fact]
    public void It_takes_from_seats_and_add_ons_alike()
    {
        var team = Monthly.OfOffer(o => o with { AddOns = [new AddOn("support", "Support", 900)] });
        var life = SignedUpWith(Percent(10_000), team).Tell(Ask.Quantity(2)).Tell(Ask.AddOns(("support", 1))).To("2024-02-29T10:00");

        Assert.Equal("Recurrence 6000, Addon 900, Discount -690 = 6210", life.LastBill());
    }

    [Fact]
    public void A_recurrence_that_it_makes_free_is_not_a_paid_one()
    {
        var life = SignedUpWith(Percent(100_000, 1));

        Assert.Equal((SubscriptionStatus.Active, 0), (life.Status, life.State.PaidRecurrences));
        Assert.Empty(life.Bank.Asked);
        Assert.Equal(1, life.To("2024-02-29T10:00").State.PaidRecurrences);
    }

    [Fact]
    public void What_is_left_of_it_goes_on_after_a_reactivation()
    {
        var life = SignedUpWith(Percent(50_000, 3)).Tell(Ask.Cancel()).To("2024-03-10T00:00").Tell(Ask.Reactivate());

        Assert.Equal("1500 1500 1500 3000", Totals(life.To("2024-05-10T00:00")));
    }
}
