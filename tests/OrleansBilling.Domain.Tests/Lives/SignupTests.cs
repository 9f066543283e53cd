namespace OrleansBilling.Domain.Tests.Lives;

public sealed class SignupTests
{
    [Fact]
    public void The_first_charge_is_requested_at_once_and_its_success_makes_the_subscription_active()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00");
        life.Bank.Says(Bank.Silence);

        life.Subscribe();

        Assert.Equal(["Subscribed", "RecurrenceStarted", "ChargeRequested"], life.Happened);
        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.Null(life.State.StartedAt);

        life.SleepSeconds(2).Tell(Ask.Outcome(Bank.Paid), Caller.System);

        Assert.Equal(["ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.StartedAt);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-01-31T10:00"), When.Utc("2024-02-29T10:00")), life.State.CurrentPeriod);
        Assert.Equal((1, 2990L), (life.State.PaidRecurrences, life.State.LifetimePaid));
        Assert.Equal(["1:1 tok_a"], life.Bank.Asked);
    }

    [Fact]
    public void Everything_said_at_signup_is_remembered_but_who_the_customer_is()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00").Subscribe();

        Assert.Equal(Timeline.Id, life.State.Id);
        Assert.Equal(("offer", 1), (life.State.OfferId, life.State.OfferVersion));
        Assert.Equal(new Customer("customer", null), life.State.Customer);
        Assert.Equal("tok_a", life.State.PaymentToken);
        Assert.Equal("spring", life.State.Metadata!["campaign"]);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.CreatedAt);
    }

    [Fact]
    public void A_declined_first_charge_leaves_it_pending_and_a_retry_makes_it_active_from_its_first_day()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00").SubscribeWith(Bank.Soft, Bank.Soft, Bank.Paid);

        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.Equal(When.Utc("2024-02-01T10:00"), life.DueAt);

        life.To("2024-02-03T10:00");
        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.Equal(When.Utc("2024-02-04T10:00"), life.DueAt);

        life.To("2024-02-04T10:00");
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-01-31T10:00"), life.State.StartedAt);
        Assert.Equal(When.Utc("2024-02-29T10:00"), life.DueAt);
    }

    [Fact]
    public void A_first_payment_that_never_comes_expires_the_subscription_when_retries_are_used_up()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00");
        life.Bank.AlwaysSays(Bank.Soft);

        life.Subscribe().To("2024-02-23T10:00");

        Assert.Equal(["ChargeRequested", "ChargeDeclined", "DunningExhausted", "Expired"], life.Happened[^4..]);
        Assert.Equal(SubscriptionStatus.Expired, life.Status);
        Assert.Equal(["01-31", "02-01", "02-04", "02-09", "02-16", "02-23"], life.Invoice(1).Attempts.Select(a => When.Day(a.At)[5..]));
        Assert.Equal(InvoiceStatus.Uncollectible, life.Invoice(1).Status);
        Assert.Null(life.DueAt);
        Assert.Null(life.State.StartedAt);
    }

    [Theory]
    [InlineData(ExhaustedAction.Pause)]
    [InlineData(ExhaustedAction.LeavePastDue)]
    public void It_expires_whatever_the_policy_says_of_running_subscriptions(ExhaustedAction action)
    {
        var life = Given.Monthly().Retries(0).OnExhausted(action).At("2024-01-31T10:00").SubscribeWith(Bank.Soft);

        Assert.Equal(SubscriptionStatus.Expired, life.Status);
    }

    [Fact]
    public void A_hard_decline_at_signup_is_not_retried_and_expires_at_the_end_of_the_window()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Hard);

        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.True(life.State.PaymentBlocked);
        Assert.Equal(When.Utc("2024-03-01T10:00"), life.DueAt);

        life.To("2024-03-01T10:00");
        Assert.Equal(["DunningExhausted", "Expired"], life.Happened);
        Assert.Equal(SubscriptionStatus.Expired, life.Status);
        Assert.Single(life.Bank.Asked);
    }

    [Fact]
    public void A_hard_decline_at_signup_is_cured_by_another_payment_method_at_once()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Hard).To("2024-02-10T10:00");

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(["PaymentMethodChanged", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal("1:2 tok_b", life.Bank.Asked[^1]);
    }

    [Fact]
    public void What_costs_nothing_is_active_at_once_without_a_charge_or_payment_method()
    {
        var life = Given.Monthly(amount: 0).At("2024-01-31T10:00").SubscribeWithoutMethod();

        Assert.Equal(["Subscribed", "RecurrenceStarted"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(InvoiceStatus.Paid, life.Invoice(1).Status);
        Assert.Empty(life.Bank.Asked);
    }
}
