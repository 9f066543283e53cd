namespace OrleansBilling.Domain.Tests.Payments;

/// <summary>Unknown is not a decline: the provider is asked again with the same key until the outcome is known.</summary>
public sealed class UnknownOutcomeTests
{
    private static readonly Instant Start = When.Utc("2024-01-31T10:00");

    private static Timeline Subscribed(params PaymentOutcome?[] outcomes) => Given.Monthly().At("2024-01-31T10:00").SubscribeWith(outcomes);

    [Fact]
    public void Without_any_answer_the_watchdog_asks_again_after_a_minute()
    {
        var life = Subscribed(Bank.Silence, Bank.Paid);
        Assert.Equal(Start + Duration.FromSeconds(60), life.DueAt);

        life.Seconds(60);

        Assert.Equal(["PaymentAsked", "ChargeSucceeded"], life.Happened);
        Assert.Equal(["1:1 tok_a", "1:1 tok_a"], life.Bank.Asked);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Single(life.Invoice(1).Attempts);
    }

    [Fact]
    public void An_unknown_outcome_is_asked_for_again_later_and_later_up_to_every_hour()
    {
        var life = Given.Monthly().At("2024-01-31T10:00");
        life.Bank.AlwaysSays(Bank.Unclear);
        life.Subscribe().To("2024-01-31T14:00");

        var asked = life.All<SubscriptionEvent.PaymentAsked>().Select(e => e.At).Prepend(Start).ToList();
        Assert.Equal(
            [10, 30, 90, 270, 810, 2430, 3600, 3600],
            asked.Zip(asked.Skip(1), (one, next) => (int)(next - one).TotalSeconds).Take(8));
        Assert.Equal(asked.Count, life.Bank.Asked.Count);
        Assert.Single(life.Bank.Asked.Distinct());
    }

    [Fact]
    public void Silence_after_an_unknown_outcome_is_asked_about_after_a_minute()
    {
        var life = Subscribed(Bank.Unclear, Bank.Silence, Bank.Paid).Seconds(10);
        Assert.Equal(Start + Duration.FromSeconds(70), life.DueAt);

        life.Seconds(60);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(3, life.Bank.Asked.Count);
    }

    [Fact]
    public void Unknown_neither_retries_nor_makes_overdue()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Unclear);

        life.To("2024-03-15T00:00");

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(AttemptOutcome.Unknown, Assert.Single(life.Invoice(2).Attempts).Outcome);
        Assert.Equal("timeout", life.Invoice(2).Attempts[0].Code);
    }

    [Fact]
    public void While_one_charge_is_unknown_later_periods_are_invoiced_and_wait_for_their_turn()
    {
        var life = Given.Daily().At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Unclear);
        life.To("2024-01-04T12:00");
        Assert.Equal([2, 3, 4], life.State.OpenInvoices.Select(invoice => invoice.Number));
        Assert.Equal(2, life.State.Charge!.Invoice);

        life.Bank.AlwaysSays(Bank.Paid);
        life.To("2024-01-04T13:00");

        Assert.Empty(life.State.OpenInvoices);
        Assert.Equal(["3:1 tok_a", "4:1 tok_a"], life.Bank.Asked[^2..]);
    }

    [Fact]
    public void A_decline_that_becomes_known_late_plans_its_retries_from_the_day_of_the_request()
    {
        var life = Subscribed(Bank.Silence);
        life.SleepTo("2024-01-31T23:00").Tell(Ask.Outcome(Bank.Soft), Caller.System);

        Assert.Equal(When.Utc("2024-02-01T10:00"), life.DueAt);
    }

    [Fact]
    public void A_decline_that_becomes_known_after_the_day_of_its_retry_is_retried_at_once()
    {
        var life = Subscribed(Bank.Silence);
        life.SleepTo("2024-02-02T12:00").Tell(Ask.Outcome(Bank.Soft), Caller.System);

        Assert.Equal(["ChargeDeclined", "ChargeRequested", "ChargeSucceeded"], life.Happened);
    }

    [Fact]
    public void An_outcome_that_is_recorded_twice_changes_nothing_the_second_time()
    {
        var life = Subscribed(Bank.Silence).Tell(Ask.Outcome(Bank.Paid), Caller.System);
        var version = life.State.Version;

        foreach (var outcome in new[] { Bank.Paid, Bank.Soft, Bank.Unclear }) life.Tell(Ask.Outcome(outcome), Caller.System);

        Assert.Equal(version, life.State.Version);
        Assert.Equal(1, life.State.PaidRecurrences);
    }

    [Fact]
    public void An_outcome_of_an_older_attempt_changes_nothing()
    {
        var life = Subscribed(Bank.Soft, Bank.Silence, Bank.Silence).Days(1);
        Assert.Equal((1, 2), (life.State.Charge!.Invoice, life.State.Charge.Attempt));

        life.Tell(Ask.Outcome(Bank.Paid, attempt: 1), Caller.System);
        Assert.Empty(life.Happened);
        Assert.Equal(SubscriptionStatus.Pending, life.Status);

        life.Tell(Ask.Outcome(Bank.Paid, attempt: 2), Caller.System);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void An_outcome_of_another_invoices_attempt_changes_nothing()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        life.To("2024-02-29T10:00");
        Assert.Equal((2, 1), (life.State.Charge!.Invoice, life.State.Charge.Attempt));

        Assert.Empty(life.Tell(Ask.Outcome(Bank.Hard, invoice: 1, attempt: 1), Caller.System).Happened);
        Assert.NotNull(life.State.Charge);
    }

    [Fact]
    public void An_outcome_of_a_payment_that_never_was_changes_nothing()
    {
        var life = Subscribed();

        Assert.Empty(life.Tell(Ask.Outcome(Bank.Paid, invoice: 7), Caller.System).Happened);
        Assert.Empty(life.Tell(Ask.RefundOutcome(Bank.Paid), Caller.System).Happened);
    }
}
