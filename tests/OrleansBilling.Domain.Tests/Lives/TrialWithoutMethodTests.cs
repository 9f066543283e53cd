namespace OrleansBilling.Domain.Tests.Lives;

public sealed class TrialWithoutMethodTests
{
    private static Timeline InTrial(TrialWithoutPaymentMethod setting) =>
        Given.Monthly(2990).Trial(14).TrialWithoutMethod(setting).At("2024-01-17T10:00").SubscribeWithoutMethod();

    [Theory]
    [InlineData(TrialWithoutPaymentMethod.Cancel)]
    [InlineData(TrialWithoutPaymentMethod.PastDue)]
    [InlineData(TrialWithoutPaymentMethod.Pause)]
    public void A_method_that_came_in_time_is_charged_whatever_the_setting(TrialWithoutPaymentMethod setting)
    {
        var life = InTrial(setting).To("2024-01-30T00:00").Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(["PaymentMethodChanged"], life.Happened);

        life.To("2024-01-31T10:00");
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(["1:1 tok_b"], life.Bank.Asked);
    }

    [Fact]
    public void By_default_the_system_cancels_at_the_trials_end()
    {
        var life = InTrial(TrialWithoutPaymentMethod.Cancel).To("2024-01-31T10:00");

        Assert.Equal(["TrialEndAnnounced", "Canceled"], life.Happened);
        Assert.Equal(new Cancellation(CancellationOrigin.System, "no_payment_method", null), life.State.Cancellation);
        Assert.False(life.State.Cancellation!.Voluntary);
        Assert.Empty(life.Invoices);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void Past_due_starts_the_first_period_with_an_overdue_invoice_and_gives_up_at_the_windows_end()
    {
        var life = InTrial(TrialWithoutPaymentMethod.PastDue).To("2024-01-31T10:00");

        Assert.Equal(["TrialEndAnnounced", "RecurrenceStarted"], life.Happened);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        Assert.Equal(InvoiceStatus.Open, life.Invoice(1).Status);

        life.To("2024-03-01T10:00");
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal("dunning_exhausted", life.State.Cancellation!.Reason);
        Assert.All(life.Invoices, invoice => Assert.Equal(InvoiceStatus.Uncollectible, invoice.Status));
        Assert.Empty(life.Bank.Asked);
    }

    [Fact]
    public void Past_due_is_cured_at_once_by_a_payment_method()
    {
        var life = InTrial(TrialWithoutPaymentMethod.PastDue).To("2024-02-10T00:00");

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(["PaymentMethodChanged", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-02-29T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void Past_due_without_any_method_cannot_be_retried()
    {
        var life = InTrial(TrialWithoutPaymentMethod.PastDue).To("2024-02-10T00:00");

        Assert.Equal("payment_method_required", life.Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void A_first_attempt_after_a_long_wait_is_not_a_retry_by_schedule()
    {
        var life = InTrial(TrialWithoutPaymentMethod.PastDue).To("2024-02-10T00:00");
        life.Bank.Says(Bank.Soft);

        life.Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal((1, 0), (life.State.OpenInvoices[0].Attempts, life.State.OpenInvoices[0].Retries));
        Assert.Equal(When.Utc("2024-02-11T10:00"), life.DueAt);
    }

    [Fact]
    public void Pause_waits_unbilled_until_a_payment_method_comes_and_starts_then()
    {
        var life = InTrial(TrialWithoutPaymentMethod.Pause).To("2024-05-10T08:00");

        Assert.Equal((SubscriptionStatus.Paused, PauseReason.NoPaymentMethod), (life.Status, life.State.PauseReason!.Value));
        Assert.Null(life.DueAt);
        Assert.Empty(life.Invoices);

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer);
        Assert.Equal(["PaymentMethodChanged", "Resumed", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Null(life.State.PauseReason);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-05-10T08:00"), When.Utc("2024-06-10T08:00")), life.State.CurrentPeriod);
    }

    [Fact]
    public void Paused_it_has_nothing_to_retry_and_can_be_canceled()
    {
        var life = InTrial(TrialWithoutPaymentMethod.Pause).To("2024-02-10T00:00");

        Assert.Equal("nothing_overdue", life.Refuses(Ask.Retry()).Code);

        life.Tell(Ask.CancelAtPeriodEnd(), By.Customer);
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
    }

    [Fact]
    public void Ended_early_without_a_method_the_setting_applies_at_once()
    {
        var life = InTrial(TrialWithoutPaymentMethod.Cancel).To("2024-01-20T00:00").Tell(Ask.EndTrial());

        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal(When.Utc("2024-01-20T00:00"), life.State.CanceledAt);
    }

    [Fact]
    public void What_costs_nothing_needs_no_method()
    {
        var life = Given.Monthly(amount: 0).Trial(14).At("2024-01-17T10:00").SubscribeWithoutMethod().To("2024-03-05T00:00");

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(2, life.State.CurrentPeriod!.Index);
    }
}
