namespace OrleansBilling.Domain.Tests.Pauses;

/// <summary>An immediate pause: service and billing stop; on resume, the rest of the paid period continues.</summary>
public sealed class PauseNowTests
{
    private static Timeline OnJune11(Given? given = null) =>
        (given ?? Given.Monthly(3000)).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    [Theory]
    [InlineData("2024-06-11T00:01", "2024-07-01T00:01")]
    [InlineData("2024-06-21T00:00", "2024-07-11T00:00")]
    [InlineData("2024-07-11T00:00", "2024-07-31T00:00")]
    [InlineData("2024-12-25T12:00", "2025-01-14T12:00")]
    public void The_next_billing_moves_by_the_length_of_the_pause(string resumed, string end)
    {
        var life = OnJune11().Tell(Ask.Pause(), By.Customer).To(resumed).Tell(Ask.Resume(), By.Customer);

        Assert.Equal((SubscriptionStatus.Active, When.Utc(end)), (life.Status, life.State.CurrentPeriod!.End));
        Assert.Single(life.Invoices);
        Assert.Equal(When.Utc(end), life.Invoice(1).Period.End);

        life.To(end);
        Assert.Equal("Recurrence 3000 = 3000", life.Bill(2));
        Assert.Equal(When.Utc(end), life.Invoice(2).Period.Start);
    }

    [Fact]
    public void The_following_periods_are_counted_from_there()
    {
        var life = Given.Monthly(3000).At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00");

        life.Tell(Ask.Pause(until: "2024-02-12T10:00")).To("2024-06-01T00:00");

        Assert.Equal("01-31/03-02 03-02/04-02 04-02/05-02 05-02/06-02", life.Periods());
    }

    [Theory]
    [InlineData(
        "America/Sao_Paulo", "2018-10-15T00:00", "2018-11-01T03:00", "2018-11-08T02:00", "2018-11-21T23:00-02", "2018-12-21T23:00-02")]
    [InlineData("Europe/Berlin", "2024-10-15T00:00", "2024-10-20T22:00", "2024-10-27T23:00", "2024-11-22T01:00+01", "2024-12-22T01:00+01")]
    public void A_pause_over_a_change_of_the_clocks_is_as_long_as_it_was(
        string zone, string start, string from, string until, string end, string next)
    {
        var life = Given.Monthly(3000).Zone(zone).AtLocal(start).Subscribe().To(from).Tell(Ask.Pause(until: until)).To(until);

        Assert.Equal(end, When.InZone(life.State.CurrentPeriod!.End, zone));
        Assert.Equal(next, When.InZone(life.To(life.State.CurrentPeriod.End).State.CurrentPeriod!.End, zone));
    }

    [Fact]
    public void Nothing_is_invoiced_however_long_it_lasts()
    {
        var life = OnJune11().Tell(Ask.Pause());

        Assert.Equal((SubscriptionStatus.Paused, PauseReason.Requested), (life.Status, life.State.PauseReason!.Value));
        Assert.Null(life.DueAt);
        Assert.Single(life.To("2029-01-01T00:00").Invoices);
    }

    [Fact]
    public void With_a_date_it_goes_on_by_itself()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-06-21T00:00"));
        Assert.Equal(When.Utc("2024-06-21T00:00"), life.DueAt);

        life.To("2024-06-21T00:00");
        Assert.Equal(["Resumed", "PeriodEndMoved"], life.Happened);
        Assert.Equal((SubscriptionStatus.Active, When.Utc("2024-07-11T00:00")), (life.Status, life.State.CurrentPeriod!.End));
    }

    [Fact]
    public void Woken_late_it_went_on_in_time_and_missed_periods_have_their_own_dates()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-06-21T00:00")).SleepTo("2024-09-01T00:00").Settle();

        Assert.Equal("06-01/07-11 07-11/08-11 08-11/09-11", life.Periods());
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    /// <summary>Regression: the pause was as long as the delay of the wake.</summary>
    [Fact]
    public void Resumed_by_hand_after_its_date_it_went_on_in_time_all_the_same()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-06-21T00:00")).SleepTo("2024-06-25T00:00").Tell(Ask.Resume());

        Assert.Equal(When.Utc("2024-07-11T00:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void Resumed_before_its_date_only_the_time_that_it_stood_still_counts()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-12-01T00:00")).To("2024-06-16T00:00").Tell(Ask.Resume());

        Assert.Equal(When.Utc("2024-07-06T00:00"), life.State.CurrentPeriod!.End);
        Assert.Null(life.State.PausedUntil);
    }

    [Fact]
    public void Two_pauses_in_a_period_add_up()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-06-16T00:00")).To("2024-06-20T00:00").Tell(Ask.Pause(until: "2024-06-30T00:00"))
            .To("2024-07-01T00:00");

        Assert.Equal(When.Utc("2024-07-16T00:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_change_after_it_prorates_by_the_time_that_was_served()
    {
        var life = OnJune11().Tell(Ask.Pause(until: "2024-06-21T00:00")).To("2024-07-01T00:00");

        life.Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "new", Amount = 6000 }).Terms()));

        Assert.Equal("ProrationCredit -1000, ProrationCharge 2000 = 1000", life.Bill(2));
    }

    [Theory]
    [InlineData("2024-06-11T00:00", 2000)]
    [InlineData("2024-06-21T00:00", 2000)]
    [InlineData("2025-06-11T00:00", 2000)]
    public void Canceled_while_it_stands_still_the_unused_share_is_that_of_its_beginning(string at, long refunded)
    {
        var life = OnJune11().Tell(Ask.Pause()).To(at).Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((SubscriptionStatus.Canceled, refunded), (life.Status, life.Invoice(1).Refunded));
    }

    [Fact]
    public void Canceled_at_period_end_while_it_stands_still_it_ends_now() =>
        Assert.Equal(SubscriptionStatus.Canceled, OnJune11().Tell(Ask.Pause()).Tell(Ask.CancelAtPeriodEnd()).Status);

    [Fact]
    public void In_the_last_period_of_a_term_the_rest_is_honoured_and_then_it_is_completed()
    {
        var life = OnJune11(Given.Monthly(3000).Recurrences(1)).Tell(Ask.Pause(until: "2024-06-21T00:00"));

        Assert.Equal(SubscriptionStatus.Active, life.To("2024-07-10T23:59").Status);
        Assert.Equal((SubscriptionStatus.Completed, 1), (life.To("2024-07-11T00:00").Status, life.Invoices.Count));
    }

    [Theory]
    [InlineData("2024-06-11T00:00", "pause_end_not_later")]
    [InlineData("2024-06-10T23:59", "pause_end_not_later")]
    [InlineData("2026-06-11T00:01", "pause_too_long")]
    public void Its_end_lies_ahead_and_within_two_years(string until, string code)
    {
        var refusal = OnJune11().Refuses(Ask.Pause(until: until));

        Assert.Equal((code, "until"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Two_years_are_not_too_long() =>
        Assert.Equal(SubscriptionStatus.Paused, OnJune11().Tell(Ask.Pause(until: "2026-06-11T00:00")).Status);

    [Fact]
    public void A_pause_that_runs_gets_another_end()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Pause(until: "2024-06-21T00:00"));

        life.To("2024-06-15T00:00").Tell(Ask.Pause(until: "2024-06-16T00:00"), By.Customer);
        Assert.Equal(["PauseEndMoved"], life.Happened);
        life.Tell(Ask.Pause(until: "2024-07-01T00:00"));

        Assert.Equal(When.Utc("2024-07-01T00:00"), life.State.PausedUntil);
        Assert.Equal(
            (SubscriptionStatus.Active, When.Utc("2024-07-21T00:00")), (life.To("2024-07-01T00:00").Status, life.State.CurrentPeriod!.End));
    }

    [Fact]
    public void An_open_end_may_become_a_date_but_not_one_that_is_over_or_too_far()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().Tell(Ask.Pause()).To("2024-07-01T00:00");

        Assert.Equal("pause_end_not_later", life.Refuses(Ask.Pause(until: "2024-07-01T00:00")).Code);
        Assert.Equal("pause_too_long", life.Refuses(Ask.Pause(until: "2026-06-02T00:00")).Code);
        Assert.Equal("not_possible_now", life.Refuses(Ask.Pause()).Code);
        Assert.Equal("not_possible_now", life.Refuses(Ask.Pause(EffectiveAt.PeriodEnd, "2024-08-01T00:00")).Code);
        Assert.Empty(life.Tell(Ask.Pause(until: "2024-07-10T00:00")).Tell(Ask.Pause(until: "2024-07-10T00:00")).Happened);
    }
}
