namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>
/// A voluntary leaver pays for the usage so far with one final invoice that is tried once. After dunning or a chargeback there
/// is none.
/// </summary>
public sealed class FinalInvoiceTests
{
    private static readonly Given Metered = Given.Monthly(3000).OfOffer(o => o with
    {
        Meters = [
            new Meter
            {
                Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(10),
                IncludedUnits = 5,
            }],
    });

    private static Timeline Used(long calls) =>
        Metered.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Usage("u1", "calls", calls));

    [Fact]
    public void Canceled_now_it_is_billed_and_charged_at_once()
    {
        var life = Used(12).Tell(Ask.Cancel(), By.Customer);

        Assert.Equal(["InvoiceIssued", "ChargeRequested", "Canceled", "ChargeSucceeded"], life.Happened);
        Assert.Equal(("Usage 70 = 70", InvoiceStatus.Paid, 3070L), (life.Bill(2), life.Invoice(2).Status, life.State.LifetimePaid));
    }

    [Fact]
    public void Canceled_at_period_end_it_is_billed_then()
    {
        var life = Used(12).Tell(Ask.CancelAtPeriodEnd()).Tell(Ask.Usage("u2", "calls", 3)).To("2024-07-01T00:00");

        Assert.Equal(["InvoiceIssued", "ChargeRequested", "Canceled", "ChargeSucceeded"], life.Happened);
        Assert.Equal("Usage 100 = 100", life.Bill(2));
    }

    /// <summary>Regression: only an immediate cancellation voided the change first. The usage that it had billed was never paid.</summary>
    [Fact]
    public void Canceled_at_the_end_of_a_period_whose_change_was_never_paid_the_usage_before_it_is_billed()
    {
        var life = Used(12);
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(Metered.Other("weekly", 3000, 1, IntervalUnit.Week).Terms()));
        Assert.Contains("Usage 70", life.Bill(2));

        life.Tell(Ask.CancelAtPeriodEnd()).To("2024-06-17T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        life.To("2024-06-18T00:00");

        Assert.Equal(["ChangeVoided", "InvoiceIssued", "ChargeRequested", "Canceled", "ChargeSucceeded"], life.Happened);
        Assert.Equal((InvoiceStatus.Void, "Usage 70 = 70", 3070L), (life.Invoice(2).Status, life.Bill(3), life.State.LifetimePaid));
    }

    [Fact]
    public void Declined_it_is_closed_and_not_tried_again()
    {
        var life = Used(12);
        life.Bank.Says(Bank.Soft);

        life.Tell(Ask.Cancel());

        Assert.Equal(["InvoiceIssued", "ChargeRequested", "Canceled", "ChargeDeclined", "InvoiceClosed"], life.Happened);
        Assert.Equal(InvoiceStatus.Void, life.Invoice(2).Status);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void Unknown_it_is_asked_for_again_and_kept()
    {
        var life = Used(12);
        life.Bank.Says(Bank.Unclear);

        life.Tell(Ask.Cancel()).To("2024-06-12T00:00");

        Assert.Equal((InvoiceStatus.Paid, 3070L), (life.Invoice(2).Status, life.State.LifetimePaid));
    }

    [Fact]
    public void Within_what_is_included_there_is_nothing_to_bill_and_the_reading_is_gone_with_the_next_term()
    {
        var life = Used(5).Tell(Ask.Cancel());
        Assert.Equal(["Canceled"], life.Happened);

        life.To("2024-08-01T00:00").Tell(Ask.Reactivate()).Tell(Ask.Usage("u2", "calls", 5));
        Assert.Equal("Recurrence 3000, Usage 0 = 3000", life.Bill(2));
        Assert.Equal("Recurrence 3000, Usage 0 = 3000", life.To("2024-09-01T00:00").Bill(3));
    }

    [Fact]
    public void With_a_blocked_payment_method_it_is_not_tried_and_behind_another_charge_it_waits()
    {
        var blocked = Metered.At("2024-06-01T00:00").Subscribe();
        blocked.Bank.Says(Bank.Hard);
        blocked.To("2024-07-01T00:00").Tell(Ask.Usage("u1", "calls", 12)).Tell(Ask.Cancel());
        Assert.Equal(["InvoiceIssued", "Canceled"], blocked.Happened);
        Assert.Equal([InvoiceStatus.Void, InvoiceStatus.Void], blocked.Invoices.Skip(1).Select(invoice => invoice.Status));

        var busy = Metered.At("2024-06-01T00:00").Subscribe();
        busy.Bank.Says(Bank.Silence);
        busy.To("2024-07-01T00:00").Tell(Ask.Usage("u1", "calls", 12)).Tell(Ask.Cancel());
        Assert.Equal(["InvoiceIssued", "Canceled"], busy.Happened);
        Assert.Equal([InvoiceStatus.Open, InvoiceStatus.Open], busy.Invoices.Skip(1).Select(invoice => invoice.Status));

        busy.Tell(Ask.Outcome(Bank.Paid, invoice: 2)).Settle();
        Assert.Equal([InvoiceStatus.Paid, InvoiceStatus.Paid], busy.Invoices.Skip(1).Select(invoice => invoice.Status));
    }

    /// <summary>Found by a random life: the last charge was the twenty-first in thirty days.</summary>
    [Fact]
    public void A_method_that_was_declined_twenty_times_in_thirty_days_is_not_tried()
    {
        var life = Metered.Retries(0, 60).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-06-01T00:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-07-01T00:00");
        for (var n = 1; n < 20; n++) life.Tell(Ask.Retry());
        Assert.Equal("attempt_limit", life.Refuses(Ask.Retry()).Code);

        life.Tell(Ask.Usage("u1", "calls", 12)).Tell(Ask.Cancel());
        Assert.Equal(["InvoiceIssued", "Canceled"], life.Happened);
    }

    [Fact]
    public void With_a_hundred_invoices_owed_there_is_not_one_more()
    {
        var daily = Given.Daily().Retries(0).OnExhausted(ExhaustedAction.LeavePastDue).OfOffer(o => o with
        {
            Meters = [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(10),
                }],
        });
        var life = new Timeline(daily.Terms(), When.Utc("2024-01-31T10:00")) { Thorough = false };
        life.Subscribe();
        life.Bank.AlwaysSays(Bank.Hard);
        life.To("2024-05-10T10:00").Tell(Ask.Usage("u1", "calls", 7)).Tell(Ask.Cancel());

        Assert.Equal(["Canceled"], life.Happened);
        Assert.Equal(100, Assert.Single(life.All<SubscriptionEvent.Canceled>()).Closed.Length);
    }

    [Fact]
    public void Credit_pays_it_first()
    {
        var life = Used(12).Tell(Ask.Refund(1, 100, toCredit: true)).Tell(Ask.Cancel());

        Assert.Equal(("Usage 70, CreditApplied -70 = 0", 30L), (life.Bill(2), life.State.Credit));
    }

    [Fact]
    public void Refunded_in_full_what_was_used_is_paid_all_the_same()
    {
        var life = Used(12).Tell(Ask.Cancel(CancellationRefund.Full));

        Assert.Equal((3000L, 70L, 70L), (life.Invoice(1).Refunded, life.Invoice(2).Paid, life.State.LifetimePaid));
    }

    [Fact]
    public void Given_up_by_dunning_it_waits_for_the_customer_to_come_back()
    {
        var life = Metered.Retries(0).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Unclear, Bank.Soft);
        life.To("2024-07-01T00:00").Tell(Ask.Usage("u1", "calls", 12)).Seconds(10);
        Assert.Equal(
            (SubscriptionStatus.Canceled, CancellationOrigin.System, 2),
            (life.Status, life.State.Cancellation!.Origin, life.Invoices.Count));

        life.Tell(Ask.Reactivate());
        Assert.Equal("Recurrence 3000, Usage 70 = 3070", life.LastBill());
    }

    [Fact]
    public void Taken_back_from_by_a_bank_it_waits_for_the_customer_to_come_back()
    {
        var life = Used(12).Tell(Ask.Chargeback());
        Assert.Equal((SubscriptionStatus.Canceled, 1), (life.Status, life.Invoices.Count));

        life.To("2024-08-01T00:00").Tell(Ask.Reactivate());
        Assert.Equal("Recurrence 3000, Usage 70 = 3070", life.LastBill());
    }
}
