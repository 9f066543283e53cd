namespace OrleansBilling.Domain.Tests.Refunds;

public sealed class CancellationRefundTests
{
    /// <summary>Paid 3000 for the 30 days from June 1.</summary>
    private static Timeline InJune() => Given.Monthly(3000).At("2024-06-01T00:00").Subscribe();

    [Theory]
    [InlineData(CancellationRefund.None, "2024-06-11T00:00", 0)]
    [InlineData(CancellationRefund.Full, "2024-06-11T00:00", 3000)]
    [InlineData(CancellationRefund.Full, "2024-06-30T23:59", 3000)]
    [InlineData(CancellationRefund.Prorated, "2024-06-01T00:00", 3000)]
    [InlineData(CancellationRefund.Prorated, "2024-06-11T00:00", 2000)]
    [InlineData(CancellationRefund.Prorated, "2024-06-16T12:00", 1450)]
    [InlineData(CancellationRefund.Prorated, "2024-06-30T23:52", 1)]
    [InlineData(CancellationRefund.Prorated, "2024-06-30T23:53", 0)]
    public void Nothing_the_unused_share_or_all_is_given_back(CancellationRefund refund, string at, long expected)
    {
        var life = InJune().To(at).Tell(Ask.Cancel(refund), By.Seller);

        Assert.Equal(expected == 0 ? ["Canceled"] : ["Canceled", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        Assert.Equal(3000 - expected, life.State.LifetimePaid);
        Assert.Equal((InvoiceStatus.Paid, 3000L, expected), (life.Invoice(1).Status, life.Invoice(1).Paid, life.Invoice(1).Refunded));
    }

    [Fact]
    public void A_refund_goes_back_to_the_method_and_attempt_that_paid()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").SubscribeWith(Bank.Soft, Bank.Paid).To("2024-06-05T00:00");

        life.Tell(Ask.ChangeMethod("tok_b")).Tell(Ask.Cancel(CancellationRefund.Full));

        var requested = Assert.Single(life.All<SubscriptionEvent.RefundRequested>());
        Assert.Equal(
            (1, 1, 2, 3000L, "tok_a"), (requested.Invoice, requested.Refund, requested.ChargeAttempt, requested.Amount, requested.Token));
        Assert.Equal("1:refund-1 tok_a", life.Bank.Asked[^1]);
    }

    [Fact]
    public void At_period_end_there_is_nothing_unused_to_give_back()
    {
        var refusal = InJune().Refuses(Ask.CancelAtPeriodEnd(CancellationRefund.Prorated));

        Assert.Equal(("refund_needs_cancel_now", "refund"), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData(CancellationRefund.Full)]
    [InlineData(CancellationRefund.Prorated)]
    public void Where_nothing_was_collected_for_the_current_period_it_is_canceled_and_nothing_goes_back(CancellationRefund refund)
    {
        var trial = Given.Monthly().Trial(14).At("2024-06-01T00:00").Subscribe();
        var pending = Given.Monthly().At("2024-06-01T00:00").SubscribeWith(Bank.Soft);
        var unpaid = InJune();
        unpaid.Bank.Says(Bank.Soft);
        unpaid.To("2024-07-01T00:00");
        foreach (var (life, paid) in new[] { (trial, 0L), (pending, 0), (unpaid, 3000) })
        {
            life.Tell(Ask.Cancel(refund));

            Assert.Equal(["Canceled"], life.Happened);
            Assert.Equal((SubscriptionStatus.Canceled, paid), (life.Status, life.State.LifetimePaid));
        }
    }

    [Fact]
    public void A_period_given_on_reactivation_has_nothing_to_refund()
    {
        var life = InJune().Tell(Ask.Cancel()).To("2024-08-01T00:00").Tell(Ask.Reactivate(charge: false));

        Assert.Equal(
            (SubscriptionStatus.Canceled, 3000L), (life.Tell(Ask.Cancel(CancellationRefund.Full)).Status, life.State.LifetimePaid));
    }

    [Fact]
    public void While_a_refund_is_in_flight_that_money_is_not_given_back_twice()
    {
        var life = InJune();
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Cancel(CancellationRefund.Full));
        life.Tell(Ask.Reactivate());

        Assert.Single(life.State.Refunds);
        Assert.Equal("nothing_to_refund", life.Refuses(new SubscriptionCommand.RefundInvoice(1, null, false, null)).Code);

        life.Tell(Ask.Cancel(CancellationRefund.Full)).Tell(Ask.RefundOutcome(Bank.Paid), Caller.System);
        Assert.Equal(0, life.State.LifetimePaid);
        Assert.Equal([3000L, 3000L], life.Invoices.Select(invoice => invoice.Refunded));
    }

    [Fact]
    public void A_refund_that_the_provider_refuses_leaves_the_money_where_it_is()
    {
        var life = InJune();
        life.Bank.Says(Bank.Hard);

        life.Tell(Ask.Cancel(CancellationRefund.Full));

        Assert.Equal(["Canceled", "RefundRequested", "RefundFailed"], life.Happened);
        Assert.Equal((3000L, 0L), (life.State.LifetimePaid, life.Invoice(1).Refunded));
        Assert.Empty(life.State.Refunds);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void A_refund_without_an_answer_is_asked_for_again_with_the_same_key_after_the_end()
    {
        var life = InJune();
        life.Bank.Says(Bank.Silence, Bank.Unclear, Bank.Paid);
        life.Tell(Ask.Cancel(CancellationRefund.Full));
        Assert.Equal(When.Utc("2024-06-01T00:01"), life.DueAt);

        life.To("2024-06-01T00:05");

        Assert.Equal(["1:refund-1 tok_a", "1:refund-1 tok_a", "1:refund-1 tok_a"], life.Bank.Asked[^3..]);
        Assert.Equal(3000, life.Invoice(1).Refunded);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void An_outcome_of_another_refund_changes_nothing()
    {
        var life = InJune();
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Cancel(CancellationRefund.Full));

        life.Tell(Ask.RefundOutcome(Bank.Paid, refund: 2), Caller.System);
        Assert.Empty(life.Happened);

        life.Tell(Ask.RefundOutcome(Bank.Paid), Caller.System).Tell(Ask.RefundOutcome(Bank.Paid), Caller.System);
        Assert.Empty(life.Happened);
        Assert.Equal(3000, life.Invoice(1).Refunded);
    }

    [Fact]
    public void The_current_period_is_refunded_even_if_an_older_one_was_paid_after_it()
    {
        var life = Given.Weekly(700).Retries(3, 30, 8).At("2024-01-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        life.To("2024-01-16T00:00");
        Assert.Equal(["1:1 tok_a", "2:1 tok_a", "3:1 tok_a", "2:2 tok_a"], life.Bank.Asked);

        life.Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal([0L, 0L, 600L], life.Invoices.Select(invoice => invoice.Refunded));
    }
}
