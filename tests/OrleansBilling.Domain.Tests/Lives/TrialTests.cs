namespace OrleansBilling.Domain.Tests.Lives;

public sealed class TrialTests
{
    private static Timeline InTrial(string? token = "tok_a") => Given.Monthly(2990).Trial(14).At("2024-01-17T10:00").Subscribe(token);

    [Fact]
    public void A_trial_makes_no_invoice_and_asks_the_bank_nothing()
    {
        var life = InTrial();

        Assert.Equal(["Subscribed", "TrialStarted"], life.Happened);
        Assert.Equal(SubscriptionStatus.Trialing, life.Status);
        Assert.Equal(When.Utc("2024-01-17T10:00"), life.State.StartedAt);
        Assert.Equal(When.Utc("2024-01-28T10:00"), life.DueAt);
        Assert.Empty(life.Invoices);
        Assert.Empty(life.Bank.Asked);
    }

    [Fact]
    public void At_its_end_the_first_paid_period_starts_and_is_charged()
    {
        var life = InTrial().To("2024-01-31T10:00");

        Assert.Equal(["TrialEndAnnounced", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-01-31T10:00"), When.Utc("2024-02-29T10:00")), life.State.CurrentPeriod);
        Assert.Equal(When.Utc("2024-01-17T10:00"), life.State.StartedAt);
    }

    [Fact]
    public void The_days_of_trial_may_be_given_at_signup()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-17T10:00").Subscribe(trialDays: 3);

        Assert.Equal(When.Utc("2024-01-20T10:00"), life.State.TrialEnd);
    }

    [Fact]
    public void Zero_days_at_signup_override_the_plans_trial()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-17T10:00").Subscribe(trialDays: 0);

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Null(life.State.TrialStart);
    }

    [Theory]
    [InlineData(730, null)]
    [InlineData(731, "trial_too_long")]
    [InlineData(int.MaxValue, "trial_too_long")]
    public void At_signup_too_a_trial_lasts_730_days_at_most(int days, string? code)
    {
        var life = Given.Monthly().At("2024-01-17T10:00");

        if (code is null) life.Subscribe(trialDays: days);
        else Assert.Equal(
            (code, "trial_days"),
            (life.Refuses(life.Subscription(trialDays: days)).Code, life.Refuses(life.Subscription(trialDays: days)).Field));
    }

    [Fact]
    public void A_declined_first_charge_after_trial_is_past_due_and_not_pending()
    {
        var life = InTrial();
        life.Bank.Says(Bank.Soft);

        life.To("2024-01-31T10:00");

        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
    }

    [Fact]
    public void Ended_early_the_first_period_starts_now()
    {
        var life = InTrial().To("2024-01-20T12:00");

        life.Tell(Ask.EndTrial(), By.Customer);

        Assert.Equal(["TrialEndMoved", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-01-20T12:00"), When.Utc("2024-02-20T12:00")), life.State.CurrentPeriod);
        Assert.Equal(When.Utc("2024-01-20T12:00"), life.State.TrialEnd);
    }

    [Fact]
    public void Ended_early_when_it_was_over_already_it_ended_in_time()
    {
        var life = InTrial();

        life.SleepTo("2024-02-01T15:00").Tell(Ask.EndTrial());

        Assert.Equal(["RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(
            (When.Utc("2024-01-31T10:00"), When.Utc("2024-01-31T10:00")), (life.State.TrialEnd!.Value, life.State.CurrentPeriod!.Start));
    }

    [Fact]
    public void Extended_by_days_only_the_timer_moves()
    {
        var life = InTrial().Tell(Ask.ExtendTrial(7), By.Seller);

        Assert.Equal(["TrialEndMoved"], life.Happened);
        Assert.Equal(When.Utc("2024-02-04T10:00"), life.DueAt);

        life.To("2024-02-07T10:00");
        Assert.Equal(When.Utc("2024-02-07T10:00"), life.State.CurrentPeriod!.Start);
    }

    [Fact]
    public void Extended_to_a_date_it_ends_then()
    {
        var life = InTrial().Tell(Ask.ExtendTrialTo("2024-03-01T00:00"), By.Seller);

        Assert.Equal(When.Utc("2024-02-27T00:00"), life.DueAt);
        Assert.Equal(When.Utc("2024-03-01T00:00"), life.State.TrialEnd);
    }

    [Fact]
    public void Days_of_an_extension_are_calendar_days_of_the_products_zone()
    {
        var life = Given.Monthly().Zone("America/Sao_Paulo").Trial(3).AtLocal("2018-10-31T00:00").Subscribe();

        life.Tell(Ask.ExtendTrial(2));

        Assert.Equal("2018-11-05T00:00-02", When.InZone(life.State.TrialEnd!.Value, "America/Sao_Paulo"));
    }

    [Theory]
    [InlineData(716, null)]
    [InlineData(717, "trial_too_long")]
    [InlineData(int.MaxValue, "trial_too_long")]
    [InlineData(int.MinValue, "trial_end_not_later")]
    [InlineData(0, "trial_end_not_later")]
    [InlineData(-1, "trial_end_not_later")]
    public void A_trial_lasts_730_days_at_most_and_only_ever_grows(int days, string? code)
    {
        var life = InTrial();

        if (code is null) life.Tell(Ask.ExtendTrial(days));
        else Assert.Equal((code, "trial_end"), (life.Refuses(Ask.ExtendTrial(days)).Code, life.Refuses(Ask.ExtendTrial(days)).Field));
    }

    [Theory]
    [InlineData("2024-01-31T10:00", "trial_end_not_later")]
    [InlineData("2024-01-20T10:00", "trial_end_not_later")]
    [InlineData("2026-01-16T10:01", "trial_too_long")]
    [InlineData("9999-12-31T00:00", "trial_too_long")]
    public void A_date_that_is_not_later_or_too_far_is_refused(string end, string code) =>
        Assert.Equal(code, InTrial().Refuses(Ask.ExtendTrialTo(end)).Code);

    [Fact]
    public void Canceled_at_period_end_it_runs_to_the_trials_end_and_is_never_charged()
    {
        var life = InTrial().Tell(Ask.CancelAtPeriodEnd(), By.Customer);

        Assert.Equal(SubscriptionStatus.Trialing, life.Status);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.CancellationScheduled!.At);

        life.To("2024-06-01T00:00");
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.CanceledAt);
        Assert.Empty(life.Bank.Asked);
        Assert.Empty(life.Invoices);
    }

    [Fact]
    public void Canceled_now_it_ends_now_and_is_never_charged()
    {
        var life = InTrial().To("2024-01-20T00:00").Tell(Ask.Cancel(), By.Customer).To("2024-06-01T00:00");

        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal(When.Utc("2024-01-20T00:00"), life.State.CanceledAt);
        Assert.Empty(life.Bank.Asked);
    }

    [Fact]
    public void While_a_cancellation_is_scheduled_the_trial_is_neither_ended_nor_extended()
    {
        var life = InTrial().Tell(Ask.CancelAtPeriodEnd());

        Assert.Equal("cancellation_scheduled", life.Refuses(Ask.EndTrial()).Code);
        Assert.Equal("cancellation_scheduled", life.Refuses(Ask.ExtendTrial(7)).Code);

        life.Tell(Ask.Uncancel()).Tell(Ask.ExtendTrial(7));
        Assert.Equal(When.Utc("2024-02-07T10:00"), life.State.TrialEnd);
    }

    [Fact]
    public void Its_end_is_announced_three_calendar_days_ahead_and_once()
    {
        var life = Given.Monthly().Zone("America/Sao_Paulo").Trial(14).AtLocal("2018-10-22T00:00").Subscribe().To("2018-11-02T03:00");

        Assert.Equal(["TrialEndAnnounced"], life.Happened);
        Assert.Equal(life.State.TrialEnd, life.All<SubscriptionEvent.TrialEndAnnounced>().Single().End);
        Assert.Single(life.To("2018-12-01T00:00").All<SubscriptionEvent.TrialEndAnnounced>());
    }

    [Theory]
    [InlineData(2, "2024-01-17T10:00")]
    [InlineData(3, "2024-01-17T10:00")]
    [InlineData(4, "2024-01-18T10:00")]
    public void The_end_of_a_short_trial_is_announced_when_it_starts(int days, string announced)
    {
        var life = Given.Monthly().Trial(days).At("2024-01-17T10:00").Subscribe().To("2024-02-01T00:00");

        Assert.Equal(When.Utc(announced), life.All<SubscriptionEvent.TrialEndAnnounced>().Single().At);
    }

    [Fact]
    public void A_new_end_is_announced_again_unless_it_is_too_near()
    {
        var life = InTrial().To("2024-01-29T12:00").Tell(Ask.ExtendTrial(1)).To("2024-01-31T00:00").Tell(Ask.ExtendTrial(7));

        life.To("2024-03-01T00:00");

        Assert.Equal(["01-28", "02-05"], life.All<SubscriptionEvent.TrialEndAnnounced>().Select(e => When.Day(e.At)[5..]));
    }

    [Fact]
    public void A_trial_that_is_ended_early_has_nothing_to_announce()
    {
        var life = InTrial().To("2024-01-20T12:00").Tell(Ask.EndTrial()).To("2024-03-01T00:00");

        Assert.Empty(life.All<SubscriptionEvent.TrialEndAnnounced>());
    }

    [Fact]
    public void What_is_caught_up_after_the_end_is_not_announced() =>
        Assert.Empty(InTrial().SleepTo("2024-02-01T15:00").Tell(Ask.EndTrial()).All<SubscriptionEvent.TrialEndAnnounced>());
}
