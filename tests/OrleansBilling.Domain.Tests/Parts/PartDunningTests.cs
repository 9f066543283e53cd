namespace OrleansBilling.Domain.Tests.Parts;

/// <summary>A declined part has its own dunning. The next part starts without declines.</summary>
public sealed class PartDunningTests
{
    private static readonly Given InParts = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 });

    /// <summary>The part of February 29 is declined a number of times.</summary>
    private static Timeline DeclinedInFebruary(Given given, int times)
    {
        var life = given.At("2024-01-31T10:00").Subscribe();
        life.Bank.Says([.. Enumerable.Repeat(Bank.Soft, times)]);
        return life.To("2024-02-29T10:00");
    }

    [Fact]
    public void It_is_past_due_is_retried_by_schedule_and_the_other_parts_keep_their_days()
    {
        var life = DeclinedInFebruary(InParts, 2);
        Assert.Equal((SubscriptionStatus.PastDue, When.Utc("2024-03-01T10:00")), (life.Status, life.DueAt!.Value));

        life.To("2024-05-01T00:00");
        Assert.Equal(["01-31", "03-04", "03-31", "04-30"], life.All<SubscriptionEvent.ChargeSucceeded>().Select(e => When.Day(e.At)[5..]));
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void The_next_part_has_all_its_retries_again()
    {
        var life = DeclinedInFebruary(InParts.Retries(2, 30, 1), 2);
        life.To("2024-03-30T00:00");
        Assert.Equal(SubscriptionStatus.Active, life.Status);

        life.Bank.Says(Bank.Soft, Bank.Soft);
        Assert.Equal(SubscriptionStatus.Active, life.To("2024-04-02T10:00").Status);
        Assert.Equal([1, 4, 7], life.Invoice(1).Captures.Select(capture => capture.Attempt));
    }

    [Fact]
    public void Paid_after_the_next_part_fell_due_that_follows_at_once()
    {
        var life = DeclinedInFebruary(InParts.Retries(1, 60, 40), 1).To("2024-04-09T10:00");

        Assert.Equal(["01-31", "04-09", "04-09"], life.All<SubscriptionEvent.ChargeSucceeded>().Select(e => When.Day(e.At)[5..]));
        Assert.Equal(When.Utc("2024-04-30T10:00"), life.State.OpenInvoices[0].NextAttemptAt);
    }

    [Fact]
    public void Given_up_it_ends_the_subscription_and_what_was_paid_stays_paid()
    {
        var life = DeclinedInFebruary(InParts.Retries(0), 1);

        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Uncollectible), (life.Status, life.Invoice(1).Status));
        Assert.Equal((1000L, 1000L, 0), (life.Invoice(1).Paid, life.State.LifetimePaid, life.State.PaidRecurrences));
        Assert.Equal(11_000, Assert.Single(life.All<SubscriptionEvent.Canceled>()).Closed[0].Total);
    }

    [Fact]
    public void The_first_part_never_paid_the_subscription_expires()
    {
        var life = InParts.Retries(0).At("2024-01-31T10:00").SubscribeWith(Bank.Soft);

        Assert.Equal(
            (SubscriptionStatus.Expired, 12_000L), (life.Status, Assert.Single(life.All<SubscriptionEvent.Expired>()).Closed[0].Total));
    }

    [Fact]
    public void A_late_part_never_moves_the_billing_date()
    {
        var life = DeclinedInFebruary(InParts.MovingBillingDate(), 1).To("2024-03-05T00:00");

        Assert.Equal((SubscriptionStatus.Active, When.Utc("2025-01-31T10:00")), (life.Status, life.State.CurrentPeriod!.End));
    }

    /// <summary>Regression: when a dunning pause ended, everything not overdue was charged at once, even future parts.</summary>
    [Fact]
    public void Paused_for_an_old_part_and_paid_at_last_the_parts_to_come_keep_their_days()
    {
        var life = InParts.Retries(1, 60, 45).OnExhausted(ExhaustedAction.Pause).At("2024-01-31T10:00").Subscribe();
        life.Bank.Decides(payment => payment is { Invoice: 1, Attempt: 12 or 13 } ? Bank.Soft : Bank.Paid);
        life.To("2025-02-20T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 2), (life.Status, life.State.OpenInvoices.Length));

        life.Tell(Ask.Retry());
        Assert.Equal((SubscriptionStatus.Active, When.Utc("2025-02-28T10:00")), (life.Status, life.DueAt!.Value));
    }

    [Fact]
    public void Slept_through_parts_are_asked_for_one_after_the_other()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().SleepTo("2024-05-15T00:00").Settle();

        Assert.Equal([1000L, 1000L, 1000L, 1000L], life.Invoice(1).Captures.Select(capture => capture.Amount));
        Assert.Equal(When.Utc("2024-05-31T10:00"), life.DueAt);
    }

    [Fact]
    public void With_a_hard_decline_the_part_waits_for_another_payment_method()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Hard);
        life.To("2024-03-10T00:00");
        Assert.Equal((SubscriptionStatus.PastDue, 2), (life.Status, life.Bank.Asked.Count));

        life.Tell(Ask.ChangeMethod("tok_b"));
        Assert.Equal((SubscriptionStatus.Active, 2000L), (life.Status, life.State.LifetimePaid));
    }
}
