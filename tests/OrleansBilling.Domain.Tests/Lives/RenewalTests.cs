namespace OrleansBilling.Domain.Tests.Lives;

public sealed class RenewalTests
{
    [Fact]
    public void A_year_of_months_from_the_31st_renews_on_each_months_last_day()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00").Subscribe().To("2025-01-31T10:00");

        Assert.Equal(
            ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31", "01-31"],
            life.Invoices.Select(invoice => When.Day(invoice.CreatedAt)[5..]));
        Assert.All(life.Invoices, invoice => Assert.Equal((InvoiceStatus.Paid, 2990L), (invoice.Status, invoice.Paid)));
        Assert.Equal((13, 13 * 2990L), (life.State.PaidRecurrences, life.State.LifetimePaid));
    }

    [Fact]
    public void A_renewal_is_one_decision_that_invoices_and_asks_for_the_charge()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);

        life.To("2024-02-29T10:00");

        Assert.Equal(["RecurrenceStarted", "ChargeRequested"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(2, life.State.Charge!.Invoice);
    }

    [Fact]
    public void Waking_before_anything_is_due_or_twice_changes_nothing()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();

        life.To("2024-02-29T09:59").WakeOnce();
        Assert.Empty(life.Happened);

        life.To("2024-02-29T10:00").WakeOnce();
        Assert.Empty(life.Happened);
        Assert.Equal(2, life.State.CurrentPeriod!.Index);
    }

    [Fact]
    public void Waking_what_does_not_exist_is_refused()
    {
        var life = Given.Monthly().At("2024-01-31T10:00");

        Assert.Equal("subscription_not_found", life.Refuses(Ask.Wake(), Caller.System).Code);
    }

    [Fact]
    public void Missed_periods_are_caught_up_one_a_decision_each_with_its_own_invoice_and_dates()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00").Subscribe();
        life.SleepTo("2024-05-05T00:00");

        Assert.Equal(["RecurrenceStarted"], life.WakeOnce().Happened);
        Assert.Equal(["RecurrenceStarted"], life.WakeOnce().Happened);
        Assert.Equal(["RecurrenceStarted", "ChargeRequested"], life.WakeOnce().Happened);
        life.Settle();

        Assert.Equal(
            ["01-31 to 02-29", "02-29 to 03-31", "03-31 to 04-30", "04-30 to 05-31"],
            life.Invoices.Select(invoice => $"{When.Day(invoice.Period.Start)[5..]} to {When.Day(invoice.Period.End)[5..]}"));
        Assert.All(life.Invoices, invoice => Assert.Equal(InvoiceStatus.Paid, invoice.Status));
        Assert.Equal(["1:1 tok_a", "2:1 tok_a", "3:1 tok_a", "4:1 tok_a"], life.Bank.Asked);
        Assert.Equal(When.Utc("2024-05-31T10:00"), life.DueAt);
    }

    [Fact]
    public void A_new_method_is_charged_from_the_next_period_on()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe().To("2024-02-10T00:00");

        life.Tell(Ask.ChangeMethod("tok_b"), By.Customer);
        Assert.Equal(["PaymentMethodChanged"], life.Happened);

        life.To("2024-02-29T10:00");
        Assert.Equal(["1:1 tok_a", "2:1 tok_b"], life.Bank.Asked);
    }
}
