namespace OrleansBilling.Domain.Tests.BillingDates;

/// <summary>The subscriber moves the next charge. The difference is billed or credited with it.</summary>
public sealed class BillingDateTests
{
    private static Timeline OnJune11(Given? given = null) =>
        (given ?? Given.Monthly(3000)).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    [Theory]
    [InlineData("2024-07-01T00:01", "Recurrence 3000 = 3000")]
    [InlineData("2024-07-16T00:00", "Recurrence 3000, ProrationCharge 1452 = 4452")]
    [InlineData("2024-08-01T00:00", "Recurrence 3000, ProrationCharge 3000 = 6000")]
    [InlineData("2024-06-21T00:00", "Recurrence 3000, ProrationCredit -1000 = 2000")]
    [InlineData("2024-06-11T00:01", "Recurrence 3000, ProrationCredit -2000 = 1000")]
    [InlineData("2024-06-30T23:59", "Recurrence 3000 = 3000")]
    public void The_next_charge_carries_the_stretch(string to, string bill)
    {
        var life = OnJune11().Tell(Ask.BillingDate(to), By.Customer);
        Assert.Equal(["BillingDateChanged"], life.Happened);
        Assert.Equal((When.Utc(to), When.Utc(to)), (life.DueAt!.Value, life.State.CurrentPeriod!.End));

        life.To(to);
        Assert.Equal(bill, life.Bill(2));
        Assert.Equal(When.Utc(to), life.Invoice(2).Period.Start);
        Assert.Empty(life.State.WaitingLines);
    }

    [Fact]
    public void The_following_periods_are_counted_from_there()
    {
        Assert.Equal(
            "06-01/07-16 07-16/08-16 08-16/09-16", OnJune11().Tell(Ask.BillingDate("2024-07-16T00:00")).To("2024-08-16T00:00").Periods());
        Assert.Equal(
            "06-01/06-21 06-21/07-21 07-21/08-21", OnJune11().Tell(Ask.BillingDate("2024-06-21T00:00")).To("2024-07-21T00:00").Periods());
    }

    [Fact]
    public void From_a_clamped_month_end_a_whole_interval_leads_to_the_anchors_day_and_costs_one_recurrence()
    {
        var life = Given.Monthly(3000).At("2024-01-31T10:00").Subscribe();
        Assert.Equal("billing_date_too_far", life.Refuses(Ask.BillingDate("2024-03-31T10:01")).Code);

        life.Tell(Ask.BillingDate("2024-03-31T10:00")).To("2024-05-31T10:00");

        Assert.Equal("Recurrence 3000, ProrationCharge 3000 = 6000", life.Bill(2));
        Assert.Equal("01-31/03-31 03-31/04-30 04-30/05-31 05-31/06-30", life.Periods());
    }

    [Theory]
    [InlineData("2024-06-11T00:00", "billing_date_in_past")]
    [InlineData("2024-06-10T00:00", "billing_date_in_past")]
    [InlineData("2024-08-01T00:01", "billing_date_too_far")]
    [InlineData("2024-07-01T00:00", "nothing_to_change")]
    public void It_lies_ahead_and_moves_by_an_interval_at_most(string to, string code) =>
        Assert.Equal(code, OnJune11().Refuses(Ask.BillingDate(to)).Code);

    [Fact]
    public void It_moves_once_in_a_period_and_again_in_the_next()
    {
        var life = OnJune11().Tell(Ask.BillingDate("2024-07-16T00:00"));
        Assert.Equal("billing_date_changed", life.Refuses(Ask.BillingDate("2024-07-20T00:00")).Code);

        life.To("2024-07-16T00:00").Tell(Ask.BillingDate("2024-08-20T00:00"));
        Assert.Equal(When.Utc("2024-08-20T00:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void After_a_pause_a_day_costs_as_much_as_before()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-12-11T00:00")).To("2024-12-11T00:00");
        Assert.Equal(When.Utc("2024-12-31T00:00"), life.State.CurrentPeriod!.End);

        life.Tell(Ask.BillingDate("2025-01-10T00:00")).To("2025-01-10T00:00");

        // Ten of the 31 days that the next period would have had. The pause makes the current one 213 days long.
        Assert.Equal("Recurrence 3000, ProrationCharge 968 = 3968", life.LastBill());
    }

    [Fact]
    public void A_charge_in_flight_or_parts_to_come_are_paid_first()
    {
        var parts = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 }).At("2024-01-31T10:00").Subscribe();

        Assert.Equal("invoice_open", parts.Refuses(Ask.BillingDate("2025-02-15T10:00")).Code);
        Assert.Equal(
            When.Utc("2025-02-15T10:00"), parts.To("2024-12-31T10:00").Tell(Ask.BillingDate("2025-02-15T10:00")).State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_scheduled_change_is_undone_first() => Assert.Equal(
        "plan_change_scheduled", OnJune11().Tell(Ask.Quantity(2, EffectiveAt.PeriodEnd)).Refuses(Ask.BillingDate("2024-07-16T00:00")).Code);

    [Fact]
    public void A_missed_period_is_caught_up_and_the_next_date_moves()
    {
        var life = OnJune11().SleepTo("2024-07-02T00:00");
        life.Bank.AlwaysSays(Bank.Paid);

        Assert.Equal("invoice_open", life.Refuses(Ask.BillingDate("2024-07-16T00:00")).Code);
        Assert.Single(life.Invoices);
        Assert.Equal(When.Utc("2024-08-10T00:00"), life.Settle().Tell(Ask.BillingDate("2024-08-10T00:00")).State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_day_is_meant_in_the_products_zone_at_the_present_time_of_day()
    {
        var life = Given.Monthly(3000).Zone("America/Sao_Paulo").AtLocal("2024-06-01T22:30").Subscribe();

        life.Tell(new SubscriptionCommand.ChangeBillingDate(null, new LocalDate(2024, 7, 16)));

        Assert.Equal("2024-07-16T22:30-03", When.InZone(life.State.CurrentPeriod!.End, "America/Sao_Paulo"));
    }

    [Fact]
    public void The_field_at_fault_is_the_one_that_was_given()
    {
        Assert.Equal("date", OnJune11().Refuses(new SubscriptionCommand.ChangeBillingDate(null, new LocalDate(2024, 6, 11))).Field);
        Assert.Equal("date", OnJune11().Refuses(new SubscriptionCommand.ChangeBillingDate(null, new LocalDate(2024, 8, 2))).Field);
        Assert.Equal("next_billing_at", OnJune11().Refuses(Ask.BillingDate("2024-08-02T00:00")).Field);
    }

    /// <summary>Midnight does not exist in São Paulo on 2018-11-04. Regression: the time of day was lost permanently.</summary>
    [Fact]
    public void Moved_to_a_day_on_which_the_clocks_skip_its_hour_the_time_of_day_comes_back_the_month_after()
    {
        const string zone = "America/Sao_Paulo";
        var life = Given.Monthly(3000).Zone(zone).AtLocal("2018-10-01T00:00").Subscribe();

        life.Tell(new SubscriptionCommand.ChangeBillingDate(null, new LocalDate(2018, 11, 4))).To("2019-01-05T00:00");

        Assert.Equal(
            ["2018-11-04T01:00-02", "2018-12-04T00:00-02", "2019-01-04T00:00-02"],
            life.Invoices.Skip(1).Select(i => When.InZone(i.Period.Start, zone)));
    }

    [Theory]
    [InlineData("2024-10-27T00:00", -1190)]
    [InlineData("2024-10-27T01:00", -1180)]
    public void In_a_month_of_745_hours_each_of_them_costs_the_same(string to, long credit)
    {
        // In Berlin, clocks go back on October 27, 2024 at 01:00 UTC.
        var life = Given.Monthly(7450).Zone("Europe/Berlin").AtLocal("2024-10-01T00:00").Subscribe().Tell(Ask.BillingDate(to));

        Assert.Equal(credit, Assert.Single(life.State.WaitingLines).Amount);
    }
}
