namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class SoftDeclineTests
{
    private static Timeline Active(Given given) => given.At("2024-01-31T10:00").Subscribe();

    [Fact]
    public void A_soft_decline_makes_it_past_due_and_plans_the_first_retry()
    {
        var life = Active(Given.Monthly());
        life.Bank.Says(Bank.Soft);

        life.To("2024-02-29T10:00");

        Assert.Equal(["RecurrenceStarted", "ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        var owed = Assert.Single(life.State.OpenInvoices);
        Assert.Equal(("insufficient_funds", 1, 0), (owed.LastCode, owed.Attempts, owed.Retries));
        Assert.Equal(When.Utc("2024-03-01T10:00"), owed.NextAttemptAt);
        Assert.Equal(When.Utc("2024-03-01T10:00"), life.DueAt);
    }

    [Fact]
    public void Recovered_it_is_active_again_and_keeps_its_billing_date()
    {
        var life = Active(Given.Monthly());
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);

        life.To("2024-03-04T10:00");

        Assert.Equal(["ChargeRequested", "ChargeSucceeded"], life.Happened[^2..]);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-03-31T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void Recovered_on_the_billing_date_itself_the_month_end_is_kept_whatever_the_product_says()
    {
        var life = Active(Given.Monthly().MovingBillingDate());
        life.Bank.Says(Bank.Soft);
        life.To("2024-02-29T10:00").Seconds(300).Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-03-31T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_first_payment_that_comes_after_its_period_was_over_moves_the_period_and_bills_nothing_that_was_not_served()
    {
        var life = Given.Weekly().Retries(3, 30, 16).At("2024-01-01T10:00");
        life.Bank.Says(Bank.Soft, Bank.Paid);
        life.Subscribe().To("2024-01-17T10:00");

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Single(life.Invoices);
        Assert.Equal(When.Utc("2024-01-24T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void Left_past_due_with_a_hundred_invoices_open_it_is_canceled_by_the_system()
    {
        var life = Active(Given.Daily().Retries(0).OnExhausted(ExhaustedAction.LeavePastDue));
        life.Bank.AlwaysSays(Bank.Hard);
        life.To("2024-05-10T10:00");
        Assert.Equal((SubscriptionStatus.PastDue, 100), (life.Status, life.State.OpenInvoices.Length));

        life.To("2024-05-11T10:00");

        Assert.Equal((SubscriptionStatus.Canceled, "too_many_open_invoices"), (life.Status, life.State.Cancellation!.Reason));
        Assert.Equal(CancellationOrigin.System, life.State.Cancellation.Origin);
    }

    [Fact]
    public void Recovered_it_moves_its_billing_date_to_the_day_of_payment_if_the_product_says_so()
    {
        var life = Active(Given.Monthly().MovingBillingDate());
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);

        life.To("2024-03-04T10:00");

        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "BillingDateMoved"], life.Happened[^3..]);
        Assert.Equal(new BillingPeriod(2, When.Utc("2024-02-29T10:00"), When.Utc("2024-04-04T10:00")), life.State.CurrentPeriod);
        Assert.Equal(life.State.CurrentPeriod, life.Invoice(2).Period);

        life.To("2024-06-04T10:00");
        Assert.Equal(["04-04", "05-04", "06-04"], life.Invoices.Skip(2).Select(invoice => When.Day(invoice.Period.Start)[5..]));
    }

    [Fact]
    public void The_billing_date_moves_by_days_and_keeps_the_time_of_day()
    {
        var life = Active(Given.Monthly().MovingBillingDate());
        life.Bank.Says(Bank.Soft);

        life.To("2024-03-01T09:15").Tell(Ask.Retry());

        Assert.Equal(When.Utc("2024-04-01T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_payment_in_time_never_moves_the_billing_date()
    {
        var life = Active(Given.Monthly().MovingBillingDate()).To("2024-03-01T00:00");

        Assert.Empty(life.All<SubscriptionEvent.BillingDateMoved>());
    }

    [Fact]
    public void A_declined_first_payment_moves_the_billing_date_too_when_it_comes()
    {
        var life = Given.Monthly().MovingBillingDate().At("2024-01-31T10:00").SubscribeWith(Bank.Soft, Bank.Paid).To("2024-02-01T10:00");

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-03-01T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void An_older_period_that_is_paid_late_moves_nothing()
    {
        var life = Given.Weekly().MovingBillingDate().Retries(3, 30, 8).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Paid, Bank.Paid);

        life.To("2024-01-16T10:00");

        Assert.Equal(["1:1 tok_a", "2:1 tok_a", "3:1 tok_a", "2:2 tok_a"], life.Bank.Asked);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Empty(life.All<SubscriptionEvent.BillingDateMoved>());
    }

    [Fact]
    public void While_past_due_later_periods_are_invoiced_and_tried_as_usual()
    {
        var life = Given.Weekly().At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Soft, Bank.Paid);

        life.To("2024-01-15T10:00");

        Assert.Equal(["1:1 tok_a", "2:1 tok_a", "2:2 tok_a", "2:3 tok_a", "3:1 tok_a"], life.Bank.Asked);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        Assert.Equal([2], life.State.OpenInvoices.Select(invoice => invoice.Number));
    }

    [Fact]
    public void A_manual_retry_does_not_count_against_the_policy_but_shifts_what_follows()
    {
        var life = Active(Given.Monthly());
        life.Bank.Says(Bank.Soft, Bank.Soft);

        life.To("2024-02-29T12:00").Tell(Ask.Retry(), By.Seller);

        var owed = Assert.Single(life.State.OpenInvoices);
        Assert.Equal((2, 0), (owed.Attempts, owed.Retries));
        Assert.Equal(When.Utc("2024-03-01T10:00"), owed.NextAttemptAt);
    }

    [Fact]
    public void A_retry_whose_time_was_slept_through_is_made_late_and_the_next_is_counted_from_then()
    {
        var life = Active(Given.Monthly());
        life.Bank.Says(Bank.Soft, Bank.Soft);
        life.To("2024-02-29T10:00");

        life.SleepTo("2024-03-03T18:00").WakeOnce().Settle();

        Assert.Equal(When.Utc("2024-03-06T10:00"), life.DueAt);
    }

    [Fact]
    public void The_policy_of_the_plan_goes_before_that_of_the_product()
    {
        var terms = Given.Monthly().Terms();
        var plan = terms.Plan with { Dunning = DunningPolicy.Default with { MaxRetries = 0 } };
        var life = new Timeline(new OfferTerms(terms.Product, plan, terms.Offer), When.Utc("2024-01-31T10:00")).Subscribe();
        life.Bank.Says(Bank.Soft);

        life.To("2024-02-29T10:00");

        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
    }
}
