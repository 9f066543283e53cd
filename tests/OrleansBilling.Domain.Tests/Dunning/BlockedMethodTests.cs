namespace OrleansBilling.Domain.Tests.Dunning;

/// <summary>After a hard decline no invoice is tried automatically, not even one with a scheduled retry.</summary>
public sealed class BlockedMethodTests
{
    /// <summary>Week 2 had a soft decline and a retry on January 16; week 3 had a hard decline on the 15th.</summary>
    private static Timeline Blocked(ExhaustedAction action = ExhaustedAction.Cancel, int windowDays = 30)
    {
        var life = Given.Weekly().Retries(5, windowDays, 8).OnExhausted(action).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Hard);
        life.To("2024-01-15T10:00");
        Assert.True(life.State.PaymentBlocked);
        return life;
    }

    [Fact]
    public void A_retry_planned_before_the_hard_decline_waits_until_its_own_window_ends()
    {
        var life = Blocked().To("2024-01-16T10:00");

        Assert.Equal(["AttemptPostponed"], life.Happened);
        Assert.Equal(When.Utc("2024-02-07T10:00"), life.State.FindOpenInvoice(2)!.NextAttemptAt);
    }

    [Fact]
    public void At_the_windows_end_dunning_is_exhausted_without_another_attempt()
    {
        var life = Blocked().To("2024-02-07T10:00");

        Assert.Equal(["DunningExhausted", "Canceled"], life.Happened[^2..]);
        Assert.Equal(3, life.Bank.Asked.Count);
    }

    /// <summary>Months 2 and 3 are caught up together on April 5. Month 2 has a hard decline; month 3 is never tried.</summary>
    private static Timeline BlockedBeforeTheFirstAttempt(ExhaustedAction action = ExhaustedAction.Cancel)
    {
        var life = Given.Monthly().OnExhausted(action).At("2024-01-31T10:00").Subscribe();
        life.SleepTo("2024-04-05T00:00").WakeOnce().WakeOnce();
        life.Bank.Says(Bank.Hard);
        return life.Settle();
    }

    [Fact]
    public void Never_tried_it_is_given_up_at_its_own_windows_end()
    {
        var life = BlockedBeforeTheFirstAttempt(ExhaustedAction.LeavePastDue).To("2024-05-05T00:00");

        Assert.All(life.State.OpenInvoices.Take(2), invoice => Assert.True(invoice.Exhausted));
        Assert.Equal(2, life.All<SubscriptionEvent.DunningExhausted>().Count());
    }

    [Fact]
    public void Never_tried_it_is_tried_when_a_manual_retry_of_the_other_shows_that_the_method_works()
    {
        var life = BlockedBeforeTheFirstAttempt().To("2024-04-07T00:00").Tell(Ask.Retry());

        Assert.Equal(["1:1 tok_a", "2:1 tok_a", "2:2 tok_a", "3:1 tok_a"], life.Bank.Asked);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void An_invoice_that_waited_for_its_first_attempt_is_overdue_instead_of_tried()
    {
        var life = BlockedBeforeTheFirstAttempt();

        Assert.Equal(["1:1 tok_a", "2:1 tok_a"], life.Bank.Asked);
        Assert.Equal([2, 3], life.State.OpenInvoices.Where(invoice => invoice.Overdue).Select(invoice => invoice.Number));
        Assert.Equal(2, life.Laws.Counters[Domain.Statistics.StatisticMetric.Overdue]);

        life.To("2024-06-01T00:00");
        Assert.Equal((SubscriptionStatus.Canceled, When.Utc("2024-05-05T00:00")), (life.Status, life.State.CanceledAt!.Value));
    }

    [Fact]
    public void Another_method_is_tried_at_once_on_what_was_planned_and_on_what_waited()
    {
        var life = Blocked().To("2024-01-20T00:00").Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal(["2:2 tok_b", "3:2 tok_b"], life.Bank.Asked[^2..]);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void A_manual_retry_that_succeeds_shows_that_the_method_works_and_the_rest_is_tried_at_once()
    {
        var life = Blocked().To("2024-01-20T00:00").Tell(Ask.Retry());

        Assert.Equal(["2:2 tok_a", "3:2 tok_a"], life.Bank.Asked[^2..]);
        Assert.Equal((SubscriptionStatus.Active, false), (life.Status, life.State.PaymentBlocked));

        life.To("2024-01-22T10:00");
        Assert.Equal("4:1 tok_a", life.Bank.Asked[^1]);
    }

    [Fact]
    public void Dunning_that_is_over_already_does_not_end_again()
    {
        var life = Blocked(ExhaustedAction.Pause, windowDays: 10).To("2024-03-01T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 1), (life.Status, life.All<SubscriptionEvent.Paused>().Count()));
        life.Bank.AlwaysSays(Bank.Hard);

        life.Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal(SubscriptionStatus.Paused, life.Status);
        Assert.Single(life.All<SubscriptionEvent.Paused>());
        Assert.Equal("2:2 tok_b", life.Bank.Asked[^1]);
        Assert.Null(life.DueAt);
    }
}
