namespace OrleansBilling.Domain.Tests.Lives;

public sealed class ReactivateTests
{
    private static Timeline Canceled() =>
        Given.Monthly(2990).At("2024-01-31T10:00").Subscribe().To("2024-02-10T00:00").Tell(Ask.Cancel()).To("2024-05-15T08:00");

    [Fact]
    public void With_a_charge_a_new_first_period_starts_now_and_is_paid()
    {
        var life = Canceled().Tell(Ask.Reactivate(), By.Customer);

        Assert.Equal(["Reactivated", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(new BillingPeriod(2, When.Utc("2024-05-15T08:00"), When.Utc("2024-06-15T08:00")), life.State.CurrentPeriod);
        Assert.Null(life.State.CanceledAt);
        Assert.Null(life.State.Cancellation);
        Assert.Equal(2, life.State.TermStartIndex);
        Assert.Equal("2024-06-15T08:00", When.Text(life.DueAt!.Value));
    }

    [Fact]
    public void With_a_charge_it_is_pending_until_paid_and_expires_if_that_never_comes()
    {
        var life = Canceled();
        life.Bank.AlwaysSays(Bank.Soft);

        life.Tell(Ask.Reactivate());
        Assert.Equal(SubscriptionStatus.Pending, life.Status);

        life.Days(30);
        Assert.Equal(SubscriptionStatus.Expired, life.Status);
        Assert.Equal(SubscriptionStatus.Pending, life.Tell(Ask.Reactivate()).Status);
    }

    [Fact]
    public void Without_a_charge_the_first_period_is_given_and_the_next_is_charged()
    {
        var life = Canceled().Tell(Ask.Reactivate(charge: false), By.Seller);

        Assert.Equal(["Reactivated", "RecurrenceStarted"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        var given = life.Invoice(2);
        Assert.Equal((InvoiceStatus.Paid, 0L), (given.Status, given.Total));
        Assert.Equal(
            [(InvoiceLineType.Recurrence, 2990L), (InvoiceLineType.Discount, -2990L)],
            given.Lines.Select(line => (line.Type, line.Amount)));

        life.To("2024-06-15T08:00");
        Assert.Equal("3:1 tok_a", life.Bank.Asked[^1]);
        Assert.Equal(2990, life.Invoice(3).Paid);
    }

    [Fact]
    public void With_a_new_method_that_one_is_charged()
    {
        var life = Canceled().Tell(Ask.Reactivate(token: "tok_b"));

        Assert.Equal(["PaymentMethodChanged", "Reactivated", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal("2:1 tok_b", life.Bank.Asked[^1]);
    }

    [Fact]
    public void After_an_involuntary_end_by_hard_decline_a_charge_needs_another_method()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Hard);
        life.To("2024-05-01T00:00");
        Assert.Equal(CancellationOrigin.System, life.State.Cancellation!.Origin);

        Assert.Equal("payment_method_required", life.Refuses(Ask.Reactivate()).Code);
        Assert.Equal(SubscriptionStatus.Active, life.Tell(Ask.Reactivate(token: "tok_b")).Status);
    }

    [Fact]
    public void Without_any_method_only_a_given_period_is_possible_and_the_next_is_overdue()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-31T10:00").SubscribeWithoutMethod().Tell(Ask.Cancel());
        Assert.Equal("payment_method_required", life.Refuses(Ask.Reactivate()).Code);

        life.Tell(Ask.Reactivate(charge: false));
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(SubscriptionStatus.PastDue, life.To("2024-02-29T10:00").Status);
    }

    [Fact]
    public void An_expired_subscription_starts_for_the_first_time()
    {
        var life = Given.Monthly().Retries(0).At("2024-01-31T10:00").SubscribeWith(Bank.Soft).To("2024-02-10T00:00");

        life.Tell(Ask.Reactivate());

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(When.Utc("2024-02-10T00:00"), life.State.StartedAt);
    }

    [Fact]
    public void There_is_no_second_trial()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe().Tell(Ask.Cancel()).Tell(Ask.Reactivate());

        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(1, life.State.PaidRecurrences);
    }

    [Fact]
    public void Canceled_before_a_start_ahead_it_starts_at_once()
    {
        var life = Given.Monthly().At("2024-01-10T00:00").Subscribe(startAt: "2024-03-01T00:00").Tell(Ask.Cancel()).To("2024-01-15T00:00");

        life.Tell(Ask.Reactivate());

        Assert.Equal(When.Utc("2024-01-15T00:00"), life.State.CurrentPeriod!.Start);
    }

    [Fact]
    public void What_is_not_canceled_or_is_completed_cannot_be_reactivated()
    {
        Assert.Equal("not_canceled", Given.Monthly().At("2024-01-31T10:00").Subscribe().Refuses(Ask.Reactivate()).Code);
        Assert.Equal(
            "not_canceled",
            Given.Monthly().At("2024-01-31T10:00").Subscribe().Tell(Ask.CancelAtPeriodEnd()).Refuses(Ask.Reactivate()).Code);

        var completed = Given.Monthly().Recurrences(1).At("2024-01-31T10:00").Subscribe().To("2024-03-01T00:00");
        Assert.Equal("not_canceled", completed.Refuses(Ask.Reactivate()).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Within_the_period_that_was_paid_it_goes_on_with_that_free_of_charge(bool charge)
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Cancel()).To("2024-06-21T00:00");

        life.Tell(Ask.Reactivate(charge), charge ? By.Customer : By.Seller);

        Assert.Equal(["Reactivated"], life.Happened);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-06-01T00:00"), When.Utc("2024-07-01T00:00")), life.State.CurrentPeriod);
        Assert.Equal((SubscriptionStatus.Active, 1, 1), (life.Status, life.State.TermStartIndex, life.State.PaidRecurrences));
        Assert.Null(life.State.CanceledAt);

        life.To("2024-07-01T00:00");
        Assert.Equal((2, 6000L), (life.State.CurrentPeriod!.Index, life.State.LifetimePaid));
    }

    [Theory]
    [InlineData(CancellationRefund.Prorated)]
    [InlineData(CancellationRefund.Full)]
    public void A_period_that_was_refunded_does_not_go_on(CancellationRefund refund)
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Cancel(refund))
            .Tell(Ask.Reactivate());

        Assert.Equal((2, When.Utc("2024-06-11T00:00")), (life.State.CurrentPeriod!.Index, life.State.CurrentPeriod.Start));
    }

    [Fact]
    public void Nor_does_one_that_was_refunded_after_the_end_or_charged_back_or_over()
    {
        Timeline Canceled() => Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Cancel());

        Assert.Equal(2, Canceled().Tell(Ask.Refund(1, 1)).Tell(Ask.Reactivate()).State.CurrentPeriod!.Index);
        Assert.Equal(2, Canceled().Tell(Ask.Chargeback()).Tell(Ask.Reactivate()).State.CurrentPeriod!.Index);
        Assert.Equal(2, Canceled().To("2024-07-01T00:00").Tell(Ask.Reactivate()).State.CurrentPeriod!.Index);
        Assert.Equal(
            1, Canceled().Tell(Ask.Chargeback()).Tell(Ask.Chargeback(outcome: DisputeStatus.Won))
                .Tell(Ask.Reactivate()).State.CurrentPeriod!.Index);
    }

    [Fact]
    public void A_period_that_was_never_paid_does_not_go_on()
    {
        var unpaid = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe();
        unpaid.Bank.Says(Bank.Soft);
        unpaid.To("2024-07-01T00:00").Tell(Ask.Cancel()).Tell(Ask.Reactivate());
        Assert.Equal((3, 6000L), (unpaid.State.CurrentPeriod!.Index, unpaid.State.LifetimePaid));

        var given = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().Tell(Ask.Give(1)).To("2024-07-01T00:00").Tell(Ask.Cancel())
            .Tell(Ask.Reactivate());
        Assert.Equal(3, given.State.CurrentPeriod!.Index);
    }

    [Fact]
    public void A_stretch_by_which_it_was_to_become_longer_is_not_part_of_it()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().Tell(Ask.BillingDate("2024-07-16T00:00")).To("2024-06-11T00:00")
            .Tell(Ask.Cancel()).Tell(Ask.Reactivate());
        Assert.Equal(["Reactivated", "PeriodEndMoved"], life.Happened);

        life.To("2024-07-01T00:00");
        Assert.Equal(new BillingPeriod(2, When.Utc("2024-07-01T00:00"), When.Utc("2024-08-01T00:00")), life.State.CurrentPeriod);
        Assert.Equal("Recurrence 3000 = 3000", life.LastBill());
    }

    [Fact]
    public void It_can_be_canceled_and_reactivated_any_number_of_times()
    {
        var life = Canceled();
        for (var n = 0; n < 3; n++) life.Tell(Ask.Reactivate()).Tell(Ask.Cancel()).Days(40);

        Assert.Equal([1, 2, 3, 4], life.Invoices.Select(invoice => invoice.Period.Index));
        Assert.Equal((SubscriptionStatus.Canceled, 4), (life.Status, life.State.PaidRecurrences));
    }
}
