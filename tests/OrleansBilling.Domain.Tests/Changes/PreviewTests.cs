namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>What a preview returns, case by case. That it equals the bill is tested as a property.</summary>
public sealed class PreviewTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Dearer => Monthly.OfOffer(o => o with { Id = "dearer", Amount = 6000 }).Terms();

    private static Timeline OnJune11() => Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    [Fact]
    public void Now_it_is_the_invoice_of_the_change_and_nothing_has_happened()
    {
        var life = OnJune11();
        var before = life.State;

        var preview = life.Preview(Ask.ChangePlan(Dearer));

        Assert.Equal("ProrationCredit -2000, ProrationCharge 4000 = 2000", Bills.Text(preview.Invoice!));
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-06-11T00:00"), When.Utc("2024-07-01T00:00")), preview.Period);
        Assert.Same(before, life.State);
    }

    [Fact]
    public void At_period_end_it_is_the_invoice_of_the_next_period()
    {
        var preview = OnJune11().Preview(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd));

        Assert.Equal("Recurrence 6000 = 6000", Bills.Text(preview.Invoice!));
        Assert.Equal(new BillingPeriod(2, When.Utc("2024-07-01T00:00"), When.Utc("2024-08-01T00:00")), preview.Period);
    }

    [Fact]
    public void In_a_trial_that_goes_on_it_is_the_invoice_of_its_end()
    {
        var life = Monthly.Trial(14).At("2024-06-01T00:00").Subscribe();

        Assert.Equal("Recurrence 6000 = 6000", Bills.Text(life.Preview(Ask.ChangePlan(Dearer)).Invoice!));
        Assert.Equal(When.Utc("2024-06-15T00:00"), life.Preview(Ask.ChangePlan(Dearer)).Period!.Start);
        Assert.Equal(When.Utc("2024-06-01T00:00"), life.Preview(Ask.ChangePlan(Dearer, endTrial: true)).Period!.Start);
    }

    [Fact]
    public void A_refusal_is_previewed_as_one() =>
        Assert.Equal("nothing_to_change", OnJune11().Preview(Ask.ChangePlan(Monthly.Terms())).Refusal!.Code);

    /// <summary>Regression: the preview returned the invoice of the missed period instead of the change's.</summary>
    [Theory]
    [InlineData(EffectiveAt.Now, "ProrationCredit 0, ProrationCharge 6000 = 6000")]
    [InlineData(EffectiveAt.PeriodEnd, "Recurrence 6000 = 6000")]
    public void A_missed_period_is_billed_first_and_is_not_the_commands(EffectiveAt at, string bill)
    {
        var life = OnJune11().SleepTo("2024-07-01T00:00");

        Assert.Equal(bill, Bills.Text(life.Preview(Ask.ChangePlan(Dearer, at)).Invoice!));
    }

    [Fact]
    public void A_change_that_a_missed_boundary_brought_is_what_is_changed_from()
    {
        var life = OnJune11().Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd)).SleepTo("2024-07-01T00:00");

        Assert.Equal("ProrationCredit 0, ProrationCharge 12000 = 12000", Bills.Text(life.Preview(Ask.Quantity(2)).Invoice!));
        Assert.Equal("nothing_to_change", life.Preview(Ask.ChangePlan(Dearer)).Refusal!.Code);
    }

    [Fact]
    public void Where_the_last_period_ends_the_term_there_is_nothing_to_bill()
    {
        var last = Given.Monthly(3000).Recurrences(1);
        var life = last.At("2024-06-01T00:00").Subscribe();

        var preview = life.Preview(
            Ask.ChangePlan(last.OfOffer(o => o with { Id = "dearer", Amount = 6000 }).Terms(), EffectiveAt.PeriodEnd));

        Assert.Equal(default, preview);
    }

    [Fact]
    public void Usage_so_far_and_credit_are_in_it()
    {
        var metered = Monthly.OfOffer(o => o with
        {
            Meters = [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(7),
                }],
        });
        var life = metered.At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, 500, toCredit: true)).Tell(Ask.Usage("u1", "calls", 10));

        var preview = life.Preview(
            Ask.ChangePlan(metered.OfOffer(o => o with { Id = "dearer", Amount = 6000 }).Terms(), EffectiveAt.PeriodEnd));

        Assert.Equal("Recurrence 6000, Usage 70, CreditApplied -500 = 5570", Bills.Text(preview.Invoice!));
    }
}
