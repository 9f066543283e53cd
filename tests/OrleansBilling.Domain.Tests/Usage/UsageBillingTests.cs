namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>Usage is billed in arrears: with the next recurrence, with a change, or with a final invoice.</summary>
public sealed class UsageBillingTests
{
    private static Meter Calls(long price) =>
        new() { Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
            Price = new UnitPrice(price) };

    private static readonly Given Metered = Given.Monthly(3000).OfOffer(o => o with { Meters = [Calls(10)] });

    private static readonly Given PayPerUse = Given.Monthly(0).OfOffer(o => o with { Meters = [Calls(10)] });

    private static Timeline Used(long calls, Given? given = null) =>
        (given ?? Metered).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Usage("u1", "calls", calls));

    [Fact]
    public void It_comes_with_the_next_recurrence_which_is_paid_in_advance()
    {
        var life = Used(7).To("2024-07-01T00:00");

        Assert.Equal("Recurrence 3000, Usage 70 = 3070", life.Bill(2));
        var line = life.Invoice(2).Lines[1];
        Assert.Equal(("Calls: 7", life.Invoice(1).Period), (line.Description, line.Period));
    }

    [Fact]
    public void Pay_per_use_has_no_fee_and_a_period_without_usage_costs_nothing()
    {
        var life = PayPerUse.At("2024-06-01T00:00").Subscribe();
        Assert.Equal((SubscriptionStatus.Active, "Recurrence 0 = 0"), (life.Status, life.Bill(1)));

        life.Tell(Ask.Usage("u1", "calls", 7)).To("2024-08-01T00:00");
        Assert.Equal(["Recurrence 0, Usage 70 = 70", "Recurrence 0 = 0"], life.Invoices.Skip(1).Select(Bills.Text));
        Assert.Equal((70L, 1), (life.State.LifetimePaid, life.State.PaidRecurrences));
    }

    [Fact]
    public void Pay_per_use_needs_a_payment_method_from_the_start()
    {
        Assert.Equal(
            "payment_method_required",
            PayPerUse.At("2024-06-01T00:00").Refuses(PayPerUse.At("2024-06-01T00:00").Subscription(token: null)).Code);

        var trial = PayPerUse.Trial(14).At("2024-06-01T00:00").SubscribeWithoutMethod().To("2024-06-15T00:00");
        Assert.Equal((SubscriptionStatus.Canceled, "no_payment_method"), (trial.Status, trial.State.Cancellation!.Reason));
        Assert.Equal("payment_method_required", trial.Refuses(Ask.Reactivate()).Code);
    }

    [Fact]
    public void Nobody_changes_to_it_without_one_either()
    {
        var life = Given.Monthly(0).At("2024-06-01T00:00").SubscribeWithoutMethod();

        Assert.Equal(
            "payment_method_required", life.Refuses(Ask.ChangePlan(PayPerUse.OfOffer(o => o with { Id = "metered" }).Terms())).Code);
    }

    [Fact]
    public void Usage_that_is_declined_is_past_due()
    {
        var life = Used(7, PayPerUse);
        life.Bank.AlwaysSays(Bank.Soft);

        Assert.Equal(SubscriptionStatus.PastDue, life.To("2024-07-01T00:00").Status);
        Assert.Equal(SubscriptionStatus.Canceled, life.To("2024-08-01T00:00").Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Usage_of_a_trial_is_part_of_the_trial(bool paid)
    {
        var life = Metered.Trial(14).At("2024-06-01T00:00").Subscribe().Tell(Ask.Usage("u1", "calls", 7));
        if (!paid) life.Tell(Ask.Cancel()).Tell(Ask.Reactivate());
        else life.To("2024-06-15T00:00");

        Assert.Equal("Recurrence 3000 = 3000", life.Bill(1));
        Assert.Empty(life.State.Usage);
    }

    [Fact]
    public void Also_if_the_trial_ended_in_a_pause_for_want_of_a_payment_method()
    {
        var life = Metered.Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.Pause).At("2024-06-01T00:00").SubscribeWithoutMethod()
            .Tell(Ask.Usage("u1", "calls", 7));

        life.To("2024-06-20T00:00").Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal("Recurrence 3000 = 3000", life.Bill(1));
    }

    [Fact]
    public void Changed_in_the_trial_the_meters_begin_anew()
    {
        var life = Metered.Trial(14).At("2024-06-01T00:00").Subscribe().Tell(Ask.Usage("u1", "calls", 7));

        life.Tell(
            Ask.ChangePlan(Metered.Trial(14).OfOffer(o => o with { Id = "other", Meters = [Calls(10) with { Id = "minutes" }] }).Terms()))
                .Tell(Ask.Usage("u2", "minutes", 3));

        Assert.Equal(["minutes"], life.State.Usage.Select(reading => reading.Meter));
    }

    [Fact]
    public void A_change_bills_it_at_the_price_of_then()
    {
        var life = Used(7).Tell(Ask.ChangePlan(Metered.OfOffer(o => o with { Id = "new", Meters = [Calls(99)] }).Terms()))
            .Tell(Ask.Usage("u2", "calls", 2));

        Assert.Equal("ProrationCredit -2000, ProrationCharge 2000, Usage 70 = 70", life.Bill(2));
        Assert.Equal("Recurrence 3000, Usage 198 = 3198", life.To("2024-07-01T00:00").Bill(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_change_at_period_end_too_also_if_it_ends_the_term(int recurrences)
    {
        var life = Used(7)
            .Tell(Ask.ChangePlan(
                Metered.Recurrences(recurrences).OfOffer(o => o with { Id = "new", Meters = [] }).Terms(), EffectiveAt.PeriodEnd))
                    .To("2024-07-01T00:00");

        Assert.Equal(recurrences == 1 ? "Usage 70 = 70" : "Recurrence 3000, Usage 70 = 3070", life.Bill(2));
        Assert.Equal(recurrences == 1 ? SubscriptionStatus.Completed : SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void Paused_it_waits_for_the_next_recurrence()
    {
        var life = Used(7).Tell(Ask.Pause(EffectiveAt.PeriodEnd)).To("2024-08-01T00:00");
        Assert.Equal("not_possible_now", life.Refuses(Ask.Usage("u2", "calls", 1)).Code);

        Assert.Equal("Recurrence 3000, Usage 70 = 3070", life.Tell(Ask.Resume()).LastBill());
    }

    [Fact]
    public void At_the_end_of_a_term_a_last_invoice_comes_before_it_is_completed()
    {
        var life = Used(7, Metered.Recurrences(1)).To("2024-07-01T00:00");
        Assert.Equal(["InvoiceIssued", "TermEnded", "ChargeRequested", "ChargeSucceeded", "Completed"], life.Happened);
        Assert.Equal("Usage 70 = 70", life.LastBill());

        var unpaid = Used(7, Metered.Recurrences(1));
        unpaid.Bank.Says(Bank.Soft);
        unpaid.To("2024-07-01T00:00");
        Assert.Equal((SubscriptionStatus.PastDue, "not_possible_now"), (unpaid.Status, unpaid.Refuses(Ask.Usage("u2", "calls", 1)).Code));
        Assert.Equal(SubscriptionStatus.Completed, unpaid.To("2024-07-02T00:00").Status);
    }
}
