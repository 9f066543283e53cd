namespace OrleansBilling.Domain.Tests.Dunning;

/// <summary>Never more than 20 declined attempts within 30 days on one payment method, whatever the policy.</summary>
public sealed class AttemptLimitTests
{
    /// <summary>A daily plan, never canceled. Every charge is declined from January 2 on; the 20th on January 21.</summary>
    private static Timeline Declined20Times()
    {
        var life = Given.Daily().Retries(0, 60).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        return life.To("2024-01-21T12:00");
    }

    [Fact]
    public void The_twentieth_decline_is_still_made()
    {
        var life = Declined20Times();

        Assert.Equal((20, 21), (life.State.Declines.Length, life.Bank.Asked.Count));
        Assert.Empty(life.All<SubscriptionEvent.AttemptPostponed>());
    }

    [Fact]
    public void After_that_automatic_attempts_wait_until_the_first_decline_is_30_days_old()
    {
        var life = Declined20Times().To("2024-01-22T10:00");

        Assert.Equal(["RecurrenceStarted", "AttemptPostponed"], life.Happened);
        Assert.Equal(When.Utc("2024-02-01T10:00"), life.State.OpenInvoices[^1].NextAttemptAt);
        Assert.Equal(21, life.Bank.Asked.Count);
    }

    [Fact]
    public void Then_one_attempt_is_made_for_every_decline_that_grows_old()
    {
        var life = Declined20Times().To("2024-02-01T09:59");
        Assert.Equal(21, life.Bank.Asked.Count);

        life.To("2024-02-01T10:00");
        Assert.Equal(22, life.Bank.Asked.Count);

        life.To("2024-02-02T10:00");
        Assert.Equal(23, life.Bank.Asked.Count);
        Assert.Equal(20, life.State.Declines.Length);
    }

    [Fact]
    public void Reactivated_with_a_given_period_the_next_one_cannot_be_tried_and_is_past_due()
    {
        var life = Declined20Times().Tell(Ask.Cancel()).Tell(Ask.Reactivate(charge: false));
        Assert.Equal(SubscriptionStatus.Active, life.Status);

        life.Days(1);

        Assert.Equal(["RecurrenceStarted", "AttemptPostponed"], life.Happened);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
    }

    [Fact]
    public void A_manual_retry_is_refused_meanwhile()
    {
        var life = Declined20Times();

        var refusal = life.Refuses(Ask.Retry());

        Assert.Equal(("attempt_limit", RefusalKind.TooMany), (refusal.Code, refusal.Kind));
        Assert.Equal("attempt_limit", life.To("2024-02-01T09:59").Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void A_postponement_beyond_the_window_exhausts_dunning()
    {
        var life = Given.Daily().Retries(0, 5).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);

        life.To("2024-01-22T10:00");

        Assert.Equal(["RecurrenceStarted", "DunningExhausted"], life.Happened[^2..]);
        Assert.Equal(21, life.Bank.Asked.Count);
    }

    [Fact]
    public void Another_method_has_its_own_count()
    {
        var life = Declined20Times().Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal("2:2 tok_b", life.Bank.Asked[21]);
        Assert.Equal((41, 20), (life.Bank.Asked.Count, life.State.Declines.Count(declined => declined.Token == "tok_b")));
        Assert.Equal("attempt_limit", life.Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void A_method_that_comes_back_after_another_still_counts_what_it_was_declined()
    {
        var life = Declined20Times();
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal("attempt_limit", life.Refuses(Ask.ChangeMethod("tok_a"), By.Customer).Code);
    }

    [Fact]
    public void The_same_method_given_again_is_not_another_one()
    {
        var life = Declined20Times();

        Assert.Equal("attempt_limit", life.Refuses(Ask.ChangeMethod("tok_a"), By.Customer).Code);
    }

    [Fact]
    public void The_same_method_given_again_before_the_limit_is_tried_at_once_and_keeps_its_count()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Soft, Bank.Soft);

        life.Tell(Ask.ChangeMethod("tok_a"), By.Customer);

        Assert.Equal(["PaymentMethodChanged", "ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.Equal(2, life.State.Declines.Length);
    }

    [Fact]
    public void Twenty_retries_of_one_invoice_within_30_days_are_allowed_and_no_more()
    {
        var life = Given.Monthly().Retries(20, 30, 1).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);

        life.To("2024-02-22T00:00");

        Assert.Equal(20, life.Invoice(2).Attempts.Length);
        Assert.Equal(When.Utc("2024-03-02T10:00"), life.State.OpenInvoices[0].NextAttemptAt);
    }

    [Fact]
    public void Successes_do_not_count()
    {
        var life = Given.Daily().At("2024-01-01T10:00").Subscribe().To("2024-03-01T10:00");

        Assert.Equal(61, life.State.PaidRecurrences);
        Assert.Empty(life.State.Declines);
    }
}
