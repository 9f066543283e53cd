namespace OrleansBilling.Domain.Tests.Pauses;

/// <summary>What is owed during a pause on request: parts that are not due wait; overdue invoices do not.</summary>
public sealed class PauseAndMoneyTests
{
    /// <summary>12,000 a year in twelve parts of 1,000.</summary>
    private static readonly Given InParts = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 });

    [Fact]
    public void Parts_and_the_periods_end_move_by_its_length()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.Pause(until: "2024-03-01T10:00"))
            .To("2024-05-01T00:00");

        Assert.Equal(["01-31", "03-20", "04-20"], life.All<SubscriptionEvent.ChargeSucceeded>().Select(e => When.Day(e.At)[5..]));
        Assert.Equal(When.Utc("2025-02-20T10:00"), life.State.CurrentPeriod!.End);

        life.To("2025-01-20T10:00");
        Assert.Equal((InvoiceStatus.Paid, 12_000L, 12), (life.Invoice(1).Status, life.Invoice(1).Paid, life.Invoice(1).Captures.Length));
    }

    [Fact]
    public void A_part_that_falls_due_in_the_pause_is_not_asked_for()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.Pause()).To("2024-12-31T10:00");

        Assert.Single(life.Bank.Asked);
        Assert.Equal(
            (SubscriptionStatus.Paused, 11_000L),
            (life.Status, life.State.OpenInvoices.Single().Total - life.State.OpenInvoices.Single().Paid));
    }

    [Fact]
    public void A_charge_in_flight_comes_first()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);

        Assert.Equal("charge_in_flight", life.To("2024-02-29T10:00").Refuses(Ask.Pause()).Code);
    }

    /// <summary>A pause is scheduled. Then a change is declined and is overdue when the pause begins.</summary>
    private static Timeline OverdueInThePause(ExhaustedAction action)
    {
        var given = Given.Monthly(3000).Retries(2, 60, 25).OnExhausted(action);
        var life = given.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Pause(EffectiveAt.PeriodEnd));
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(given.OfOffer(o => o with { Id = "new", Amount = 6000 }).Terms())).To("2024-07-01T00:00");
        Assert.Equal((SubscriptionStatus.Paused, When.Utc("2024-07-06T00:00")), (life.Status, life.DueAt!.Value));
        return life;
    }

    /// <summary>Regression: the retry during the pause was the last, and the invoice was neither collected nor given up.</summary>
    [Fact]
    public void What_is_overdue_is_tried_in_the_pause_too_and_paid_it_changes_nothing_else()
    {
        var life = OverdueInThePause(ExhaustedAction.Cancel).To("2024-07-06T00:00");
        Assert.Equal(When.Utc("2024-07-31T00:00"), life.DueAt);

        life.Bank.AlwaysSays(Bank.Paid);
        life.To("2024-07-31T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 5000L), (life.Status, life.State.LifetimePaid));
        Assert.Empty(life.State.OpenInvoices);
        Assert.Null(life.DueAt);
    }

    [Theory]
    [InlineData(ExhaustedAction.Cancel, SubscriptionStatus.Canceled, null)]
    [InlineData(ExhaustedAction.Pause, SubscriptionStatus.Paused, PauseReason.Requested)]
    [InlineData(ExhaustedAction.LeavePastDue, SubscriptionStatus.Paused, PauseReason.Requested)]
    public void Never_paid_the_policy_decides_in_the_pause_too(ExhaustedAction action, SubscriptionStatus status, PauseReason? reason)
    {
        var life = OverdueInThePause(action).To("2024-08-01T00:00");

        Assert.Single(life.All<SubscriptionEvent.DunningExhausted>());
        Assert.Equal((status, reason), (life.Status, life.State.PauseReason));
    }

    [Fact]
    public void Resumed_with_something_given_up_it_is_past_due_and_a_retry_may_still_collect_it()
    {
        var life = OverdueInThePause(ExhaustedAction.Pause).To("2024-08-01T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Resume());
        Assert.Equal((SubscriptionStatus.PastDue, "Recurrence 6000 = 6000"), (life.Status, life.LastBill()));

        Assert.Equal(SubscriptionStatus.Active, life.Tell(Ask.Retry()).Status);
        Assert.Empty(life.State.OpenInvoices);
    }

    [Fact]
    public void A_manual_retry_that_is_declined_in_the_pause_plans_the_next_as_ever()
    {
        var life = OverdueInThePause(ExhaustedAction.Cancel).To("2024-07-03T00:00").Tell(Ask.Retry());

        Assert.Equal(When.Utc("2024-07-28T00:00"), life.DueAt);
    }

    [Fact]
    public void A_hard_decline_in_the_pause_waits_for_another_payment_method_until_the_window_ends()
    {
        var life = OverdueInThePause(ExhaustedAction.Cancel);
        life.Bank.AlwaysSays(Bank.Hard);
        life.To("2024-07-06T00:00");
        Assert.Equal(When.Utc("2024-08-10T00:00"), life.DueAt);

        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.ChangeMethod("tok_b"));
        Assert.Equal((SubscriptionStatus.Paused, 0), (life.Status, life.State.OpenInvoices.Length));
    }
}
