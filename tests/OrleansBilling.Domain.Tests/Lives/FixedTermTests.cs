namespace OrleansBilling.Domain.Tests.Lives;

public sealed class FixedTermTests
{
    private static Timeline ThreeMonths(ExhaustedAction action = ExhaustedAction.Cancel) =>
        Given.Monthly(1000).Recurrences(3).OnExhausted(action).At("2024-01-31T10:00").Subscribe();

    [Fact]
    public void After_its_last_recurrence_it_is_completed_at_that_periods_end()
    {
        var life = ThreeMonths().To("2024-04-30T09:59");
        Assert.Equal((SubscriptionStatus.Active, 3), (life.Status, life.State.CurrentPeriod!.Index));

        life.To("2024-04-30T10:00");
        Assert.Equal(["Completed"], life.Happened);
        Assert.Equal((SubscriptionStatus.Completed, 3), (life.Status, life.Invoices.Count));
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void A_single_recurrence_is_completed_after_one_period()
    {
        var life = Given.Monthly().Recurrences(1).At("2024-01-31T10:00").Subscribe().To("2024-12-31T00:00");

        Assert.Equal((SubscriptionStatus.Completed, 1), (life.Status, life.Invoices.Count));
    }

    [Fact]
    public void A_trial_does_not_count_as_a_recurrence()
    {
        var life = Given.Monthly().Recurrences(2).Trial(14).At("2024-01-17T10:00").Subscribe().To("2024-12-31T00:00");

        Assert.Equal((SubscriptionStatus.Completed, 2), (life.Status, life.State.PaidRecurrences));
    }

    [Fact]
    public void With_the_last_period_still_owed_the_term_ends_and_recovery_completes_it()
    {
        var life = Given.Weekly().Recurrences(2).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Soft, Bank.Paid);

        life.To("2024-01-15T10:00");
        Assert.Equal(["TermEnded"], life.Happened[^1..]);
        Assert.Equal((SubscriptionStatus.PastDue, true), (life.Status, life.State.TermEnded));
        Assert.Equal(When.Utc("2024-01-17T10:00"), life.DueAt);

        life.To("2024-01-17T10:00");
        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "Completed"], life.Happened);
        Assert.Equal(SubscriptionStatus.Completed, life.Status);
        Assert.Equal(2, life.Invoices.Count);
    }

    [Fact]
    public void With_the_last_charge_still_in_flight_the_term_ends_and_its_success_completes_it()
    {
        var life = Given.Daily().Recurrences(2).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Unclear);
        life.To("2024-01-03T10:00");

        Assert.Equal((SubscriptionStatus.Active, true), (life.Status, life.State.TermEnded));

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System);
        Assert.Equal(["ChargeSucceeded", "Completed"], life.Happened);
    }

    [Fact]
    public void A_term_that_ended_owing_is_canceled_when_dunning_is_exhausted()
    {
        var life = Given.Weekly().Recurrences(2).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);

        life.To("2024-03-01T00:00");

        Assert.Equal((SubscriptionStatus.Canceled, CancellationOrigin.System), (life.Status, life.State.Cancellation!.Origin));
        Assert.Equal(InvoiceStatus.Uncollectible, life.Invoice(2).Status);
    }

    /// <summary>The last period, from March 31, is declined until dunning pauses the subscription. Then the period ends.</summary>
    private static Timeline LastPeriodUnpaidAndPaused()
    {
        var life = ThreeMonths(ExhaustedAction.Pause).To("2024-03-01T00:00");
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-06-01T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 3), (life.Status, life.State.CurrentPeriod!.Index));
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    [Fact]
    public void Paused_in_its_last_period_and_paid_after_it_is_completed_and_not_prolonged()
    {
        var life = LastPeriodUnpaidAndPaused().Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "Resumed", "Completed"], life.Happened);
        Assert.Equal((SubscriptionStatus.Completed, 3, 3), (life.Status, life.Invoices.Count, life.State.PaidRecurrences));
    }

    [Fact]
    public void Completed_after_a_pause_it_has_no_billing_date_to_be_moved()
    {
        var life = Given.Monthly().Recurrences(2).Retries(0).OnExhausted(ExhaustedAction.Pause).MovingBillingDate().At("2024-01-31T10:00")
            .Subscribe();
        life.Bank.Says(Bank.Soft);

        life.To("2024-06-01T00:00").Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "Resumed", "Completed"], life.Happened);
    }

    [Fact]
    public void Paused_in_its_last_period_with_another_still_untried_it_is_completed_when_both_are_paid()
    {
        var life = Given.Weekly().Recurrences(3).Retries(1, 30, 7).OnExhausted(ExhaustedAction.Pause).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft);
        life.To("2024-03-01T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 2), (life.Status, life.State.OpenInvoices.Length));

        life.Tell(Ask.Retry());

        Assert.Equal(
            ["ChargeRequested", "ChargeSucceeded", "Resumed", "TermEnded", "ChargeRequested", "ChargeSucceeded", "Completed"],
            life.Happened);
        Assert.Equal(3, life.Invoices.Count);
    }

    [Fact]
    public void Reactivated_it_has_the_full_number_of_recurrences_again()
    {
        var life = ThreeMonths().To("2024-03-15T00:00").Tell(Ask.Cancel()).To("2024-06-01T00:00");

        life.Tell(Ask.Reactivate()).To("2024-12-31T00:00");

        Assert.Equal(SubscriptionStatus.Completed, life.Status);
        Assert.Equal([1, 2, 3, 4, 5], life.Invoices.Select(invoice => invoice.Period.Index));
        Assert.Equal(When.Utc("2024-09-01T00:00"), life.Invoices[^1].Period.End);
    }
}
