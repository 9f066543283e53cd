namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class HardDeclineTests
{
    private static Timeline HardDeclined(ExhaustedAction action = ExhaustedAction.Cancel)
    {
        var life = Given.Monthly().OnExhausted(action).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Hard);
        return life.To("2024-02-29T10:00");
    }

    [Fact]
    public void A_hard_decline_blocks_the_method_and_plans_no_retry()
    {
        var life = HardDeclined();

        Assert.Equal((SubscriptionStatus.PastDue, true), (life.Status, life.State.PaymentBlocked));
        var owed = Assert.Single(life.State.OpenInvoices);
        Assert.Null(owed.NextAttemptAt);
        Assert.Equal(When.Utc("2024-03-30T10:00"), owed.GiveUpAt);
    }

    [Fact]
    public void It_gives_up_at_the_windows_end_without_another_attempt()
    {
        var life = HardDeclined().To("2024-03-30T09:59");
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);

        life.To("2024-03-30T10:00");
        Assert.Equal(["DunningExhausted", "Canceled"], life.Happened);
        Assert.Equal(2, life.Bank.Asked.Count);
    }

    [Fact]
    public void Another_method_is_tried_at_once_and_lifts_the_block()
    {
        var life = HardDeclined().To("2024-03-10T00:00").Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(["PaymentMethodChanged", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal((SubscriptionStatus.Active, false), (life.Status, life.State.PaymentBlocked));
        Assert.Equal("2:2 tok_b", life.Bank.Asked[^1]);
    }

    [Fact]
    public void Another_method_that_is_declined_softly_goes_on_by_schedule_within_the_window()
    {
        var life = HardDeclined().To("2024-03-10T15:00");
        life.Bank.AlwaysSays(Bank.Soft);

        life.Tell(Ask.ChangeMethod("tok_b")).To("2024-04-15T00:00");

        Assert.Equal(
            ["02-29T10:00", "03-10T15:00", "03-11T10:00", "03-14T10:00", "03-19T10:00", "03-26T10:00"],
            life.Invoice(2).Attempts.Select(attempt => When.Text(attempt.At)[5..]));
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
    }

    [Fact]
    public void A_manual_retry_of_a_blocked_method_is_allowed()
    {
        var life = HardDeclined().To("2024-03-05T00:00");
        life.Bank.Says(Bank.Hard);

        life.Tell(Ask.Retry(), By.Seller);

        Assert.Equal(["ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.Equal(When.Utc("2024-03-30T10:00"), life.DueAt);
    }

    [Fact]
    public void It_does_not_give_up_while_a_manual_retry_is_in_flight()
    {
        var life = HardDeclined().To("2024-03-30T09:59");
        life.Bank.Says(Bank.Silence, Bank.Silence);
        life.Tell(Ask.Retry()).To("2024-03-30T10:00");
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 2, attempt: 2), Caller.System);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_gives_up_at_once_when_a_manual_retry_fails_after_the_windows_end(bool hard)
    {
        var life = HardDeclined().To("2024-03-30T09:59");
        life.Bank.Says(Bank.Silence, Bank.Silence);
        life.Tell(Ask.Retry()).To("2024-03-30T10:00");

        var decision = life.Decide(Ask.Outcome(hard ? Bank.Hard : Bank.Soft, invoice: 2, attempt: 2), Caller.System);

        Assert.Equal(["ChargeDeclined", "DunningExhausted", "Canceled"], decision.Steps.Select(step => step.Event.GetType().Name));
    }

    [Fact]
    public void The_window_of_a_period_that_was_caught_up_opens_when_it_is_invoiced()
    {
        var life = HardDeclined(ExhaustedAction.LeavePastDue);

        life.SleepTo("2024-04-20T00:00").WakeOnce();

        Assert.Equal(When.Utc("2024-05-20T00:00"), life.State.FindOpenInvoice(3)!.GiveUpAt);
    }

    [Fact]
    public void A_hard_decline_after_the_window_is_over_is_the_end()
    {
        var life = HardDeclined(ExhaustedAction.LeavePastDue).To("2024-03-30T10:00");
        life.Bank.Says(Bank.Hard);

        life.To("2024-03-30T12:00").Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.True(life.State.OpenInvoices[0].Exhausted);
    }

    [Fact]
    public void With_a_blocked_method_the_next_period_is_overdue_from_its_start()
    {
        var life = HardDeclined(ExhaustedAction.LeavePastDue).To("2024-03-31T10:00");

        Assert.Equal(["DunningExhausted", "RecurrenceStarted"], life.Happened[^2..]);
        Assert.Equal((2, 2), (life.Bank.Asked.Count, life.State.OpenInvoices.Length));
        Assert.True(life.State.OpenInvoices[1].Overdue);
        Assert.Equal(When.Utc("2024-04-30T10:00"), life.State.OpenInvoices[1].GiveUpAt);
    }

    [Fact]
    public void A_method_changed_while_the_old_one_is_being_hard_declined_is_not_blocked_and_is_tried_at_once()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        life.To("2024-02-29T10:00").SleepSeconds(5).Tell(Ask.ChangeMethod("tok_b"));
        Assert.Equal(["PaymentMethodChanged"], life.Happened);

        life.Tell(Ask.Outcome(Bank.Hard, invoice: 2), Caller.System);

        Assert.Equal(["ChargeDeclined", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal((SubscriptionStatus.Active, false), (life.Status, life.State.PaymentBlocked));
        Assert.Equal("2:2 tok_b", life.Bank.Asked[^1]);
    }
}
