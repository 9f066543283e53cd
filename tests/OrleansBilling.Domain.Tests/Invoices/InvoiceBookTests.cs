namespace OrleansBilling.Domain.Tests.Invoices;

/// <summary>Invoices are rebuilt from events; they are not stored separately.</summary>
public sealed class InvoiceBookTests
{
    private static string[] Attempts(Invoice invoice) =>
        [.. invoice.Attempts.Select(
            attempt => $"{attempt.Number} {When.Text(attempt.At)[5..]} {attempt.Outcome} {attempt.Code}".TrimEnd())];

    [Fact]
    public void An_invoice_that_is_paid_at_once()
    {
        var life = Given.Monthly(2990).At("2024-01-31T10:00");
        life.Bank.Says(Bank.Silence);
        life.Subscribe().SleepSeconds(60);

        Assert.Equal((InvoiceStatus.Open, 2990L, 0L), (life.Invoice(1).Status, life.Invoice(1).Total, life.Invoice(1).Paid));
        Assert.Null(life.Invoice(1).PaidAt);
        Assert.Equal(["1 01-31T10:00 InFlight"], Attempts(life.Invoice(1)));

        life.Tell(Ask.Outcome(Bank.Paid), Caller.System);

        var paid = life.Invoice(1);
        Assert.Equal((InvoiceStatus.Paid, 2990L, 0L), (paid.Status, paid.Paid, paid.Refunded));
        Assert.Equal((When.Utc("2024-01-31T10:00"), When.Utc("2024-01-31T10:01")), (paid.CreatedAt, paid.PaidAt!.Value));
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-01-31T10:00"), When.Utc("2024-02-29T10:00")), paid.Period);
        Assert.Equal([new InvoiceLine(InvoiceLineType.Recurrence, 2990, "Recurrence")], paid.Lines.AsEnumerable());
        Assert.Equal(["1 01-31T10:00 Succeeded"], Attempts(paid));
    }

    [Fact]
    public void An_invoice_with_a_decline_an_unknown_outcome_and_a_success()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Unclear, Bank.Unclear, Bank.Paid);

        life.To("2024-03-01T10:00");
        Assert.Equal(["1 02-29T10:00 Declined insufficient_funds", "2 03-01T10:00 Unknown timeout"], Attempts(life.Invoice(2)));

        life.Seconds(60);
        Assert.Equal(["1 02-29T10:00 Declined insufficient_funds", "2 03-01T10:00 Succeeded"], Attempts(life.Invoice(2)));
        Assert.Equal(InvoiceStatus.Paid, life.Invoice(2).Status);
    }

    [Fact]
    public void Given_up_by_dunning_it_is_uncollectible_and_taken_back_by_a_cancellation_it_is_void()
    {
        var exhausted = Given.Monthly().Retries(0).At("2024-01-31T10:00").Subscribe();
        exhausted.Bank.Says(Bank.Soft);
        Assert.Equal(InvoiceStatus.Uncollectible, exhausted.To("2024-02-29T10:00").Invoice(2).Status);

        var canceled = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        canceled.Bank.Says(Bank.Soft);
        Assert.Equal(InvoiceStatus.Void, canceled.To("2024-02-29T10:00").Tell(Ask.Cancel()).Invoice(2).Status);
        Assert.Null(canceled.Invoice(2).PaidAt);
    }

    [Theory]
    [InlineData(ExhaustedAction.Pause)]
    [InlineData(ExhaustedAction.LeavePastDue)]
    public void Where_dunning_does_not_end_the_subscription_the_invoice_stays_open(ExhaustedAction action)
    {
        var life = Given.Monthly().Retries(0).OnExhausted(action).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal(InvoiceStatus.Open, life.To("2024-02-29T10:00").Invoice(2).Status);
    }

    [Fact]
    public void A_refund_is_noted_and_the_invoice_stays_paid()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-06-16T00:00")
            .Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((InvoiceStatus.Paid, 3000L, 1500L), (life.Invoice(1).Status, life.Invoice(1).Paid, life.Invoice(1).Refunded));
    }

    [Fact]
    public void A_refund_that_failed_is_not_noted()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal(0, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(1).Refunded);
    }

    [Fact]
    public void A_moved_billing_date_prolongs_the_invoices_period()
    {
        var life = Given.Monthly().MovingBillingDate().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal(When.Utc("2024-04-01T10:00"), life.To("2024-03-01T10:00").Invoice(2).Period.End);
        Assert.Equal(When.Utc("2024-02-29T10:00"), life.Invoice(1).Period.End);
    }

    [Fact]
    public void No_events_make_no_invoices() => Assert.Empty(InvoiceBook.Fold([]));
}
