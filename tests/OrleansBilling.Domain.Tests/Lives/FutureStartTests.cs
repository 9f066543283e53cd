namespace OrleansBilling.Domain.Tests.Lives;

public sealed class FutureStartTests
{
    [Fact]
    public void A_start_ahead_waits_pending_and_is_charged_then()
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2024-01-31T10:00");

        Assert.Equal(["Subscribed"], life.Happened);
        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.DueAt);

        life.To("2024-01-31T10:00");
        Assert.Equal(["RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.StartedAt);
        Assert.Equal(When.Utc("2024-02-29T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_trial_ahead_is_counted_from_its_own_start()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-10T08:00").Subscribe(startAt: "2024-02-01T10:00");

        life.To("2024-02-01T10:00");
        Assert.Equal(["TrialStarted"], life.Happened);
        Assert.Equal(
            (When.Utc("2024-02-01T10:00"), When.Utc("2024-02-15T10:00")), (life.State.TrialStart!.Value, life.State.TrialEnd!.Value));
        Assert.Equal(SubscriptionStatus.Trialing, life.Status);

        life.To("2024-02-15T10:00");
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-03-15T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_start_that_was_slept_through_still_counts_from_its_own_instant()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-10T08:00").Subscribe(startAt: "2024-02-01T10:00");

        life.SleepTo("2024-02-10T00:00").WakeOnce();

        Assert.Equal(When.Utc("2024-02-15T10:00"), life.State.TrialEnd);
    }

    [Fact]
    public void A_first_period_that_was_slept_through_has_its_own_dates_and_is_charged_now()
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2024-01-31T10:00");

        life.SleepTo("2024-02-05T00:00").WakeOnce().Settle();

        Assert.Equal(new BillingPeriod(1, When.Utc("2024-01-31T10:00"), When.Utc("2024-02-29T10:00")), life.State.CurrentPeriod);
        Assert.Equal(When.Utc("2024-02-05T00:00"), life.Invoice(1).CreatedAt);
    }

    [Fact]
    public void A_start_at_this_very_instant_starts_at_once()
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2024-01-10T08:00");

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Null(life.State.StartAt);
    }

    [Theory]
    [InlineData("2024-01-10T07:59", "start_in_past")]
    [InlineData("2034-01-11T08:01", "start_too_far")]
    public void A_start_in_the_past_or_beyond_ten_years_is_refused(string startAt, string code)
    {
        var life = Given.Monthly().At("2024-01-10T08:00");

        var refusal = life.Refuses(life.Subscription(startAt: When.Utc(startAt)));

        Assert.Equal((code, RefusalKind.Invalid, "start_at"), (refusal.Code, refusal.Kind, refusal.Field));
        Assert.Null(life.StateOrNull);
    }

    [Fact]
    public void The_last_allowed_start_is_ten_years_ahead()
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2034-01-10T08:00");

        Assert.Equal(When.Utc("2034-01-10T08:00"), life.DueAt);
    }

    [Theory]
    [InlineData(EffectiveAt.Now)]
    [InlineData(EffectiveAt.PeriodEnd)]
    public void Canceled_before_its_start_it_ends_at_once_and_never_starts(EffectiveAt at)
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2024-01-31T10:00");

        life.Tell(new SubscriptionCommand.Cancel(at, "mind_changed", null, CancellationRefund.None, null), By.Customer)
            .To("2024-03-01T00:00");

        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Null(life.State.StartedAt);
        Assert.Empty(life.Invoices);
        Assert.Empty(life.Bank.Asked);
    }

    [Fact]
    public void A_payment_method_changed_before_the_start_is_the_one_that_is_charged()
    {
        var life = Given.Monthly().At("2024-01-10T08:00").Subscribe(startAt: "2024-01-31T10:00");

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer).To("2024-01-31T10:00");

        Assert.Equal(["1:1 tok_b"], life.Bank.Asked);
    }
}
