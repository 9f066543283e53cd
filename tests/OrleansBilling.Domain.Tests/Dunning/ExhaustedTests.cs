namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class ExhaustedTests
{
    /// <summary>The second month's charge is declined until the retries run out, on March 23.</summary>
    private static Timeline Exhausted(ExhaustedAction action)
    {
        var life = Given.Monthly().OnExhausted(action).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        return life.To("2024-03-23T10:00");
    }

    [Fact]
    public void Cancel_ends_it_by_the_system_and_writes_the_debt_off()
    {
        var life = Exhausted(ExhaustedAction.Cancel);

        Assert.Equal(["ChargeRequested", "ChargeDeclined", "DunningExhausted", "Canceled"], life.Happened[^4..]);
        Assert.Equal(new Cancellation(CancellationOrigin.System, "dunning_exhausted", null), life.State.Cancellation);
        Assert.Equal(InvoiceStatus.Uncollectible, life.Invoice(2).Status);
        Assert.Null(life.DueAt);
        Assert.Equal("subscription_ended", life.Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void Pause_stands_still_and_invoices_nothing_more()
    {
        var life = Exhausted(ExhaustedAction.Pause).To("2024-07-01T00:00");

        Assert.Equal((SubscriptionStatus.Paused, PauseReason.DunningExhausted), (life.Status, life.State.PauseReason!.Value));
        Assert.Equal(2, life.Invoices.Count);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void Paid_during_the_same_period_it_resumes_and_keeps_its_dates()
    {
        var life = Exhausted(ExhaustedAction.Pause).To("2024-03-25T00:00");
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.Retry(), By.Seller);

        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "Resumed"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-03-31T10:00"), life.DueAt);
    }

    [Fact]
    public void Paid_after_the_period_it_resumes_with_a_new_period_from_now_and_nothing_for_the_pause()
    {
        var life = Exhausted(ExhaustedAction.Pause).To("2024-06-10T08:00");
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(
            ["PaymentMethodChanged", "ChargeRequested", "ChargeSucceeded", "Resumed", "RecurrenceStarted", "ChargeRequested",
                "ChargeSucceeded"],
            life.Happened);
        Assert.Equal(new BillingPeriod(3, When.Utc("2024-06-10T08:00"), When.Utc("2024-07-10T08:00")), life.State.CurrentPeriod);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void A_new_period_after_a_pause_leaves_no_billing_date_to_be_moved()
    {
        var life = Given.Monthly().MovingBillingDate().OnExhausted(ExhaustedAction.Pause).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-06-10T08:00");
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.Retry());

        Assert.Empty(life.All<SubscriptionEvent.BillingDateMoved>());
        Assert.Equal(When.Utc("2024-07-10T08:00"), life.State.CurrentPeriod!.End);
    }

    [Theory]
    [InlineData(ExhaustedAction.Pause, false)]
    [InlineData(ExhaustedAction.Pause, true)]
    [InlineData(ExhaustedAction.LeavePastDue, false)]
    [InlineData(ExhaustedAction.LeavePastDue, true)]
    public void A_manual_retry_that_is_declined_leaves_all_as_it_was(ExhaustedAction action, bool hard)
    {
        var life = Exhausted(action).To("2024-03-25T00:00");
        var before = life.Status;
        life.Bank.Says(hard ? Bank.Hard : Bank.Soft);

        life.Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.Equal(before, life.Status);
        Assert.True(life.State.OpenInvoices[0].Exhausted);
        Assert.Null(life.State.OpenInvoices[0].NextAttemptAt);
        Assert.Null(life.State.OpenInvoices[0].GiveUpAt);
    }

    [Fact]
    public void Leave_past_due_goes_on_invoicing_and_does_not_try_the_old_debt_again_by_itself()
    {
        var life = Exhausted(ExhaustedAction.LeavePastDue);
        Assert.Equal(["ChargeDeclined", "DunningExhausted"], life.Happened[^2..]);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);

        life.Bank.AlwaysSays(Bank.Paid);
        life.To("2024-04-30T10:00");

        Assert.Equal(["3:1 tok_a", "4:1 tok_a"], life.Bank.Asked[^2..]);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        Assert.Equal([2], life.State.OpenInvoices.Select(invoice => invoice.Number));
    }

    [Fact]
    public void Left_past_due_a_manual_retry_that_succeeds_makes_it_active()
    {
        var life = Exhausted(ExhaustedAction.LeavePastDue).To("2024-03-25T00:00");
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void A_policy_without_retries_is_exhausted_by_the_first_decline()
    {
        var life = Given.Monthly().Retries(0).OnExhausted(ExhaustedAction.Pause).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        life.To("2024-02-29T10:00");

        Assert.Equal(["ChargeDeclined", "DunningExhausted", "Paused"], life.Happened[^3..]);
    }

    [Fact]
    public void Paused_it_can_be_canceled_and_what_is_owed_is_void()
    {
        var life = Exhausted(ExhaustedAction.Pause).To("2024-05-01T00:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer);

        Assert.Equal((SubscriptionStatus.Canceled, CancellationOrigin.Customer), (life.Status, life.State.Cancellation!.Origin));
        Assert.Equal(InvoiceStatus.Void, life.Invoice(2).Status);
    }

    [Fact]
    public void A_cancellation_scheduled_before_the_pause_still_happens_at_its_time()
    {
        var life = Given.Monthly().Retries(0).OnExhausted(ExhaustedAction.Pause).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        life.To("2024-02-29T10:00").Tell(Ask.CancelAtPeriodEnd(), By.Customer);
        life.Tell(Ask.Outcome(Bank.Soft, invoice: 2), Caller.System);
        Assert.Equal(SubscriptionStatus.Paused, life.Status);

        life.To("2024-04-15T00:00");

        Assert.Equal((SubscriptionStatus.Canceled, When.Utc("2024-03-31T10:00")), (life.Status, life.State.CanceledAt!.Value));
    }
}
