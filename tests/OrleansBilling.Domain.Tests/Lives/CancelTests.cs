namespace OrleansBilling.Domain.Tests.Lives;

public sealed class CancelTests
{
    private static Timeline Active() => Given.Monthly(2990).At("2024-01-31T10:00").Subscribe();

    [Fact]
    public void Canceled_now_it_ends_now_and_is_never_charged_again()
    {
        var life = Active().To("2024-02-10T00:00");

        life.Tell(new SubscriptionCommand.Cancel(EffectiveAt.Now, "too_expensive", "Sorry!", CancellationRefund.None, null), By.Customer);

        Assert.Equal(["Canceled"], life.Happened);
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal(When.Utc("2024-02-10T00:00"), life.State.CanceledAt);
        Assert.Equal(
            new Cancellation(CancellationOrigin.Customer, "too_expensive", null) { CommentSequence = life.State.Version },
            life.State.Cancellation);
        Assert.Null(life.DueAt);
        Assert.Single(life.To("2025-01-01T00:00").Bank.Asked);
    }

    [Fact]
    public void Canceled_at_period_end_it_runs_until_then()
    {
        var life = Active().To("2024-02-10T00:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer);

        Assert.Equal(["CancellationScheduled"], life.Happened);
        Assert.Equal((SubscriptionStatus.Active, When.Utc("2024-02-29T10:00")), (life.Status, life.State.CancellationScheduled!.At));
        Assert.Equal(When.Utc("2024-02-29T10:00"), life.DueAt);

        life.To("2024-06-01T00:00");
        Assert.Equal((SubscriptionStatus.Canceled, When.Utc("2024-02-29T10:00")), (life.Status, life.State.CanceledAt!.Value));
        Assert.Equal(CancellationOrigin.Customer, life.State.Cancellation!.Origin);
        Assert.Null(life.State.CancellationScheduled);
    }

    [Fact]
    public void At_the_instant_of_a_renewal_the_cancellation_wins_and_nothing_is_charged()
    {
        var life = Active().Tell(Ask.CancelAtPeriodEnd());

        life.To("2024-02-29T10:00");

        Assert.Equal(["Canceled"], life.Happened);
        Assert.Single(life.Invoices);
        Assert.Single(life.Bank.Asked);
    }

    [Fact]
    public void Slept_through_the_cancellation_still_wins_over_every_missed_renewal()
    {
        var life = Active().Tell(Ask.CancelAtPeriodEnd());

        life.SleepTo("2024-07-01T00:00").WakeOnce();

        Assert.Equal(["Canceled"], life.Happened);
        Assert.Single(life.Invoices);
    }

    [Fact]
    public void Asked_for_the_end_of_a_period_that_is_over_already_it_happens_at_once_and_nothing_is_renewed()
    {
        var life = Active();

        life.SleepTo("2024-03-02T00:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer);

        Assert.Equal(["Canceled"], life.Happened);
        Assert.Single(life.Invoices);
    }

    [Fact]
    public void Undone_it_goes_on_as_if_nothing_had_been_asked()
    {
        var life = Active().Tell(Ask.CancelAtPeriodEnd(), By.Customer).To("2024-02-20T00:00");

        life.Tell(Ask.Uncancel(), By.Customer);

        Assert.Equal(["CancellationUndone"], life.Happened);
        Assert.Null(life.State.CancellationScheduled);
        Assert.Equal(2, life.To("2024-02-29T10:00").State.CurrentPeriod!.Index);
    }

    [Fact]
    public void What_has_happened_or_was_never_asked_cannot_be_undone()
    {
        var life = Active();
        Assert.Equal("no_cancellation_scheduled", life.Refuses(Ask.Uncancel()).Code);

        life.Tell(Ask.CancelAtPeriodEnd()).To("2024-02-29T10:00");
        Assert.Equal("subscription_ended", life.Refuses(Ask.Uncancel()).Code);
    }

    [Fact]
    public void Scheduled_twice_is_refused_but_now_comes_before_period_end()
    {
        var life = Active().Tell(Ask.CancelAtPeriodEnd(), By.Customer);
        Assert.Equal("cancellation_scheduled", life.Refuses(Ask.CancelAtPeriodEnd()).Code);

        life.To("2024-02-15T00:00").Tell(Ask.Cancel(), By.Seller);
        Assert.Equal(
            (When.Utc("2024-02-15T00:00"), CancellationOrigin.Seller), (life.State.CanceledAt!.Value, life.State.Cancellation!.Origin));
    }

    [Fact]
    public void Canceled_now_twice_is_refused()
    {
        var life = Active().Tell(Ask.Cancel());

        Assert.Equal("subscription_ended", life.Refuses(Ask.Cancel()).Code);
        Assert.Equal("subscription_ended", life.Refuses(Ask.CancelAtPeriodEnd()).Code);
    }

    [Theory]
    [InlineData(EffectiveAt.Now)]
    [InlineData(EffectiveAt.PeriodEnd)]
    public void Pending_its_first_payment_it_ends_at_once_and_owes_nothing(EffectiveAt at)
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Soft);

        life.Tell(new SubscriptionCommand.Cancel(at, null, null, CancellationRefund.None, null), By.Customer);

        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Void), (life.Status, life.Invoice(1).Status));
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void Past_due_and_canceled_at_period_end_retries_go_on_until_then()
    {
        var life = Active();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);
        life.To("2024-02-29T12:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer);

        life.To("2024-03-04T10:00");
        Assert.Equal((SubscriptionStatus.Active, InvoiceStatus.Paid), (life.Status, life.Invoice(2).Status));

        life.To("2024-03-31T10:00");
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
    }

    [Fact]
    public void Past_due_and_canceled_now_what_is_owed_is_void()
    {
        var life = Active();
        life.Bank.Says(Bank.Soft);

        life.To("2024-02-29T12:00").Tell(Ask.Cancel(), By.Customer);

        Assert.Equal(InvoiceStatus.Void, life.Invoice(2).Status);
        Assert.Null(life.To("2025-01-01T00:00").DueAt);
    }

    [Fact]
    public void A_scheduled_cancellation_moves_along_with_the_periods_end_that_it_was_asked_for()
    {
        var life = Given.Monthly().MovingBillingDate().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        life.To("2024-02-29T12:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer).To("2024-03-01T10:00");
        Assert.Equal(When.Utc("2024-04-01T10:00"), life.State.CurrentPeriod!.End);

        life.To("2024-12-31T00:00");

        Assert.Equal((SubscriptionStatus.Canceled, When.Utc("2024-04-01T10:00")), (life.Status, life.State.CanceledAt!.Value));
        Assert.Equal(2, life.Invoices.Count);
    }
}
