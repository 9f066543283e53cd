namespace OrleansBilling.Domain.Tests.Pauses;

/// <summary>A pause at period end: the paid time is used up, no invoice follows, and a resume starts a new period.</summary>
public sealed class PauseAtPeriodEndTests
{
    private static Timeline Asked(string? until = null, Given? given = null) =>
        (given ?? Given.Monthly(3000)).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00")
            .Tell(Ask.Pause(EffectiveAt.PeriodEnd, until));

    [Fact]
    public void Until_then_it_runs_and_then_it_stands_still_unbilled()
    {
        var life = Asked();
        Assert.Equal((SubscriptionStatus.Active, When.Utc("2024-07-01T00:00")), (life.Status, life.DueAt!.Value));

        life.To("2024-07-01T00:00");
        Assert.Equal(["Paused"], life.Happened);
        Assert.Equal((SubscriptionStatus.Paused, 1), (life.Status, life.To("2025-01-01T00:00").Invoices.Count));
    }

    [Fact]
    public void Resumed_a_new_period_begins_and_is_charged_with_an_anchor_of_its_own()
    {
        var life = Asked().To("2024-08-31T15:00").Tell(Ask.Resume()).To("2024-11-01T00:00");

        Assert.Equal("06-01/07-01 08-31/09-30 09-30/10-31 10-31/11-30", life.Periods());
        Assert.Equal(When.Utc("2024-11-30T15:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void With_a_date_it_begins_by_itself()
    {
        var life = Asked("2024-07-15T00:00").To("2024-07-15T00:00");

        Assert.Equal(["Resumed", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened[1..]);
        Assert.Equal("06-01/07-01 07-15/08-15", life.Periods());
    }

    [Fact]
    public void Slept_through_it_began_and_ended_in_time()
    {
        var life = Asked("2024-07-15T00:00").SleepTo("2024-10-01T00:00").Settle();

        Assert.Equal("06-01/07-01 07-15/08-15 08-15/09-15 09-15/10-15", life.Periods());
        Assert.Equal(When.Utc("2024-07-01T00:00"), Assert.Single(life.All<SubscriptionEvent.Paused>()).From);
    }

    [Fact]
    public void Undone_before_it_begins_the_subscription_renews()
    {
        var life = Asked().Tell(Ask.Resume(), By.Customer);
        Assert.Equal(["PauseUndone"], life.Happened);

        Assert.Equal("06-01/07-01 07-01/08-01", life.To("2024-07-01T00:00").Periods());
    }

    [Fact]
    public void A_change_for_the_same_boundary_takes_effect_when_it_goes_on()
    {
        var life = Asked().Tell(Ask.ChangePlan(Given.Monthly().Other("weekly", 700, 1, IntervalUnit.Week).Terms(), EffectiveAt.PeriodEnd))
            .To("2024-08-01T00:00");
        Assert.Equal((SubscriptionStatus.Paused, "offer"), (life.Status, life.State.OfferId));

        life.Tell(Ask.Resume());
        Assert.Equal(("weekly", "Recurrence 700 = 700"), (life.State.OfferId, life.LastBill()));
        Assert.Equal(When.Utc("2024-08-08T00:00"), life.State.CurrentPeriod!.End);
    }

    [Theory]
    [InlineData("2024-07-15T00:00")]
    [InlineData("2024-09-11T00:00")]
    public void A_period_that_got_longer_than_the_pause_leaves_nothing_of_it(string until)
    {
        var life = Asked(until).Tell(Ask.ChangePlan(Given.Monthly().Other("quarter", 9000, 3).Terms()));
        Assert.Equal(When.Utc("2024-09-11T00:00"), life.State.CurrentPeriod!.End);

        life.To("2024-09-11T00:00");
        Assert.Equal(["PauseUndone", "RecurrenceStarted"], life.Happened[..2]);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void A_cancellation_for_the_same_boundary_wins()
    {
        var life = Asked().Tell(Ask.CancelAtPeriodEnd()).To("2024-07-01T00:00");

        Assert.Equal(["Canceled"], life.Happened);
    }

    [Fact]
    public void The_last_period_of_a_term_ends_it_and_there_is_nothing_to_pause()
    {
        var life = Asked(given: Given.Monthly(3000).Recurrences(1)).To("2024-07-01T00:00");

        Assert.Equal(SubscriptionStatus.Completed, life.Status);
    }

    [Fact]
    public void Canceled_while_it_stands_still_nothing_is_unused()
    {
        var life = Asked().To("2024-08-01T00:00").Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((SubscriptionStatus.Canceled, 0L), (life.Status, life.Invoice(1).Refunded));
    }

    [Theory]
    [InlineData("2024-07-01T00:00", "pause_end_not_later")]
    [InlineData("2024-06-20T00:00", "pause_end_not_later")]
    [InlineData("2026-07-01T00:01", "pause_too_long")]
    public void Its_end_lies_behind_its_beginning_and_within_two_years_of_it(string until, string code)
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe();

        Assert.Equal(code, life.Refuses(Ask.Pause(EffectiveAt.PeriodEnd, until)).Code);
    }
}
