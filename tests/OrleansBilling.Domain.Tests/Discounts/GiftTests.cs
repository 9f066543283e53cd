namespace OrleansBilling.Domain.Tests.Discounts;

/// <summary>The seller gives the next recurrences: the price of the order on the day of the gift comes off each of them.</summary>
public sealed class GiftTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static Timeline OnJune11(Given? given = null) => (given ?? Monthly).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    private static string Totals(Timeline life) => string.Join(' ', life.Invoices.Select(invoice => invoice.Total));

    [Fact]
    public void The_next_ones_are_free()
    {
        var life = OnJune11().Tell(Ask.Give(2), By.Seller).To("2024-09-01T00:00");

        Assert.Equal("3000 0 0 3000", Totals(life));
        Assert.Equal("Recurrence 3000, Discount -3000 = 0", life.Bill(2));
        Assert.Equal(2, life.State.PaidRecurrences);
    }

    [Fact]
    public void A_second_gift_follows_the_first() =>
        Assert.Equal("3000 0 0 0 3000", Totals(OnJune11().Tell(Ask.Give(2)).Tell(Ask.Give(1)).To("2024-10-01T00:00")));

    [Fact]
    public void In_a_trial_it_is_the_first_recurrence_that_is_given()
    {
        var life = Monthly.Trial(14).At("2024-06-01T00:00").Subscribe().Tell(Ask.Give(1)).To("2024-07-15T00:00");

        Assert.Equal("0 3000", Totals(life));
    }

    /// <summary>Regression: a given month became a free year, or any number of free seats.</summary>
    [Fact]
    public void Who_orders_more_meanwhile_pays_the_difference()
    {
        var yearly = OnJune11().Tell(Ask.Give(1))
            .Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms(), EffectiveAt.PeriodEnd));
        Assert.Equal("Recurrence 30000, Discount -3000 = 27000", yearly.To("2024-07-01T00:00").LastBill());

        var seats = OnJune11().Tell(Ask.Give(1)).To("2024-07-11T00:00").Tell(Ask.Quantity(4));
        Assert.Equal("ProrationCredit 0, ProrationCharge 8129, Discount -2032 = 6097", seats.LastBill());
    }

    [Fact]
    public void Who_orders_less_gets_nothing_back_for_it()
    {
        var life = OnJune11().Tell(Ask.Give(1))
            .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "cheap", Amount = 500 }).Terms(), EffectiveAt.PeriodEnd));

        Assert.Equal("Recurrence 500, Discount -500 = 0", life.To("2024-07-01T00:00").LastBill());
        Assert.Equal(0, life.Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "free", Amount = 0 }).Terms())).State.Credit);
    }

    [Fact]
    public void What_is_used_meanwhile_is_paid()
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
        var life = OnJune11(metered).Tell(Ask.Give(1)).Tell(Ask.Usage("u1", "m", 5)).To("2024-07-01T00:00");

        Assert.Equal("Recurrence 3000, Discount -3000, Usage 50 = 50", life.LastBill());
    }

    [Fact]
    public void Of_what_costs_nothing_there_is_nothing_to_lose()
    {
        var life = Given.Monthly(0).At("2024-06-01T00:00").SubscribeWithoutMethod().Tell(Ask.Give(1));

        Assert.Equal("Recurrence 0 = 0", life.To("2024-07-01T00:00").LastBill());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1201)]
    public void As_many_as_a_term_may_have_are_the_most(int recurrences)
    {
        var refusal = OnJune11().Refuses(Ask.Give(recurrences));

        Assert.Equal(("out_of_range", "recurrences"), (refusal.Code, refusal.Field));
        Assert.Equal(1201, OnJune11().Tell(Ask.Give(1200)).State.Discounts[0].ToIndex);
    }

    [Fact]
    public void Customers_give_themselves_nothing() => Assert.Equal("forbidden", OnJune11().Refuses(Ask.Give(1), By.Customer).Code);

    [Fact]
    public void Twenty_discounts_of_every_kind_are_the_most()
    {
        var life = OnJune11();
        for (var n = 0; n < 20; n++) life.Tell(Ask.Give(1));

        Assert.Equal("too_many_discounts", life.Refuses(Ask.Give(1)).Code);
        Assert.Equal(
            "too_many_discounts",
            life.Refuses(Ask.Coupon(new Coupon { Id = "C", SellerId = "seller", Reduction = PriceReduction.Everything })).Code);
    }
}
