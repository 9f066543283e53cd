namespace OrleansBilling.Domain.Tests.Discounts;

/// <summary>The product rewards a number of paid recurrences with cheaper ones.</summary>
public sealed class LoyaltyTests
{
    private static Given Rewarding(int after, int recurrences, bool repeats, Given? given = null) =>
        (given ?? Given.Monthly(3000)).OfProduct(p => p with
    {
        Loyalty = new LoyaltyReward(after, new PriceReduction(50_000, null), recurrences, repeats),
    });

    private static string Totals(Timeline life) => string.Join(' ', life.Invoices.Select(invoice => invoice.Total));

    [Theory]
    [InlineData(3, 1, false, "3000 3000 3000 1500 3000 3000 3000 3000")]
    [InlineData(3, 2, false, "3000 3000 3000 1500 1500 3000 3000 3000")]
    [InlineData(3, 1, true, "3000 3000 3000 1500 3000 3000 1500 3000")]
    [InlineData(1, 1, true, "3000 1500 1500 1500 1500 1500 1500 1500")]
    public void After_so_many_the_next_are_cheaper_once_or_again_and_again(int after, int recurrences, bool repeats, string totals) =>
        Assert.Equal(totals, Totals(Rewarding(after, recurrences, repeats).At("2024-01-01T00:00").Subscribe().To("2024-08-01T00:00")));

    [Fact]
    public void A_free_recurrence_does_not_count()
    {
        var life = Rewarding(2, 1, false).At("2024-01-01T00:00").Subscribe().Tell(Ask.Give(1)).To("2024-05-01T00:00");

        Assert.Equal("3000 0 3000 1500 3000", Totals(life));
    }

    [Fact]
    public void Paid_late_it_is_earned_late()
    {
        var life = Rewarding(2, 1, false, Given.Monthly(3000).Retries(1, 60, 40)).At("2024-01-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        // February is paid on March 12, after March, so March was the second recurrence to be paid.
        Assert.Equal("3000 3000 3000 1500 3000", Totals(life.To("2024-05-01T00:00")));
        Assert.Equal(When.Utc("2024-03-01T00:00"), Assert.Single(life.All<SubscriptionEvent.DiscountGranted>()).At);
    }

    [Fact]
    public void Changes_and_what_else_is_billed_do_not_count()
    {
        var given = Rewarding(2, 1, false);
        var life = given.At("2024-01-01T00:00").Subscribe().Tell(Ask.Quantity(2)).Tell(Ask.Quantity(3)).To("2024-03-01T00:00");

        Assert.Equal("3000 3000 3000 9000 4500", Totals(life));

        Assert.Equal(1, Rewarding(1, 1, true).At("2024-01-01T00:00").Subscribe().Tell(Ask.Quantity(2)).State.LoyaltyRewards);
    }

    [Fact]
    public void A_year_in_parts_counts_once_and_cut_short_it_earns_nothing()
    {
        var parts = Rewarding(1, 1, false, Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 }));
        var whole = parts.At("2024-01-01T00:00").Subscribe();
        Assert.Empty(whole.To("2024-11-30T00:00").State.Discounts);
        Assert.Single(whole.To("2024-12-01T00:00").State.Discounts);

        var cut = parts.At("2024-01-01T00:00").Subscribe().Tell(Ask.ChangePlan(parts.Other("monthly", 0).Terms()));
        Assert.Empty(cut.State.Discounts);
    }

    [Fact]
    public void What_was_earned_once_is_not_earned_again_after_coming_back()
    {
        var life = Rewarding(1, 1, false).At("2024-01-01T00:00").Subscribe().Tell(Ask.Cancel()).To("2024-03-01T00:00")
            .Tell(Ask.Reactivate());

        Assert.Equal("3000 1500 3000", Totals(life.To("2024-04-01T00:00")));
        Assert.Equal(1, life.State.LoyaltyRewards);
    }

    [Fact]
    public void With_as_many_discounts_as_there_may_be_none_is_added()
    {
        var life = Rewarding(1, 1, true).At("2024-01-01T00:00").Subscribe();
        for (var n = 0; n < 19; n++) life.Tell(Ask.Give(1));
        Assert.Equal((20, 1), (life.State.Discounts.Length, life.State.LoyaltyRewards));

        // Three seats, so that something is left to pay after the gift of one seat.
        life.Tell(Ask.Quantity(3)).To("2024-02-01T00:00");
        Assert.Equal((1500L, 20, 1), (life.Invoices[^1].Total, life.State.Discounts.Length, life.State.LoyaltyRewards));

        Assert.Equal(2, life.To("2024-03-01T00:00").State.LoyaltyRewards);
    }
}
