namespace OrleansBilling.Domain.Tests.Payments;

/// <summary>A charge requested before the end may be answered after it. No new charge is requested.</summary>
public sealed class CancelInFlightTests
{
    private static Timeline CanceledInFlight(CancellationOrigin origin = CancellationOrigin.Customer)
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        return life.To("2024-02-29T10:00").Tell(Ask.Cancel(origin: origin));
    }

    [Fact]
    public void The_invoice_in_flight_stays_open_and_its_outcome_is_still_asked_for()
    {
        var life = CanceledInFlight();

        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Open), (life.Status, life.Invoice(2).Status));
        Assert.Equal(When.Utc("2024-02-29T10:01"), life.DueAt);
        Assert.Equal(["PaymentAsked", "ChargeSucceeded"], life.Seconds(60).Happened);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void If_it_succeeds_the_invoice_is_paid_and_it_stays_canceled()
    {
        var life = CanceledInFlight().Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System);

        Assert.Equal(["ChargeSucceeded"], life.Happened);
        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Paid), (life.Status, life.Invoice(2).Status));
        Assert.Equal(5980, life.State.LifetimePaid);
    }

    [Theory]
    [InlineData(CancellationOrigin.Customer, InvoiceStatus.Void)]
    [InlineData(CancellationOrigin.System, InvoiceStatus.Uncollectible)]
    public void If_it_is_declined_the_invoice_closes_as_the_others_did(CancellationOrigin origin, InvoiceStatus status)
    {
        var life = CanceledInFlight(origin).Tell(Ask.Outcome(Bank.Soft, invoice: 2), Caller.System);

        Assert.Equal(["ChargeDeclined", "InvoiceClosed"], life.Happened);
        Assert.Equal((SubscriptionStatus.Canceled, status), (life.Status, life.Invoice(2).Status));
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void What_was_canceled_before_it_was_ever_served_gets_its_money_back()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00");
        life.Bank.Says(Bank.Silence);
        life.Subscribe().Tell(Ask.Cancel()).Tell(Ask.Outcome(Bank.Paid), Caller.System);

        Assert.Equal(["ChargeSucceeded", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal((SubscriptionStatus.Canceled, 0), (life.Status, life.State.LifetimePaid));
        Assert.Equal(2990, life.Invoice(1).Refunded);
    }

    [Fact]
    public void While_it_is_unknown_it_cannot_be_reactivated()
    {
        var life = CanceledInFlight().Tell(Ask.Outcome(Bank.Unclear, invoice: 2), Caller.System);

        Assert.Equal("charge_in_flight", life.Refuses(Ask.Reactivate()).Code);
        Assert.Equal(SubscriptionStatus.Active, life.Tell(Ask.Outcome(Bank.Soft, invoice: 2), Caller.System).Tell(Ask.Reactivate()).Status);
    }

    [Fact]
    public void Other_open_invoices_close_at_once()
    {
        var life = Given.Daily().Retries(5, 30, 7).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Silence);
        life.To("2024-01-03T10:00").Tell(Ask.Cancel(), By.Customer);

        Assert.Equal([InvoiceStatus.Paid, InvoiceStatus.Void, InvoiceStatus.Open], life.Invoices.Select(invoice => invoice.Status));
    }

    [Fact]
    public void A_first_charge_in_flight_at_the_cancellation_may_still_be_collected()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Silence).Tell(Ask.Cancel(), By.Customer);

        life.Tell(Ask.Outcome(Bank.Paid), Caller.System);

        Assert.Equal((SubscriptionStatus.Canceled, 1), (life.Status, life.State.PaidRecurrences));
        Assert.Null(life.State.StartedAt);
    }
}
