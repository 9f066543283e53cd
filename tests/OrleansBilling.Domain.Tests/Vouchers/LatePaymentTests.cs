namespace OrleansBilling.Domain.Tests.Vouchers;

/// <summary>Money for a voucher that was given up is never lost: it pays what is still owed, else it goes back.</summary>
public sealed class LatePaymentTests
{
    private static Timeline Expired(Given? given = null)
    {
        var life = (given ?? Given.Monthly(3000)).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        life.To("2024-03-05T10:00");
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    [Fact]
    public void Still_owed_it_is_paid()
    {
        var life = Expired().Tell(Ask.Confirm(Bank.Paid, invoice: 2));

        Assert.Equal(["ChargeSucceeded"], life.Happened);
        Assert.Equal(
            (SubscriptionStatus.Active, 6000L, InvoiceStatus.Paid), (life.Status, life.State.LifetimePaid, life.Invoice(2).Status));
        Assert.Equal(AttemptOutcome.Succeeded, life.Invoice(2).Attempts[0].Outcome);
        Assert.Equal(When.Utc("2024-03-31T10:00"), life.DueAt);
    }

    [Fact]
    public void An_invoice_shows_as_paid_what_came_for_it_late()
    {
        var life = Expired().Tell(Ask.Cancel()).Tell(Ask.Confirm(Bank.Paid, invoice: 2));

        Assert.Equal(
            (InvoiceStatus.Void, 0L, 3000L, 3000L),
            (life.Invoice(2).Status, life.Invoice(2).Paid, life.Invoice(2).Collected, life.Invoice(2).Refunded));
    }

    [Fact]
    public void The_provider_may_say_so_twice()
    {
        var life = Expired().Tell(Ask.Confirm(Bank.Paid, invoice: 2)).Tell(Ask.Confirm(Bank.Paid, invoice: 2));

        Assert.Empty(life.Happened);
        Assert.Equal(6000, life.State.LifetimePaid);
    }

    [Fact]
    public void With_a_new_voucher_waiting_the_old_ones_money_goes_back()
    {
        var life = Expired();
        life.Bank.Says(Bank.Voucher);
        life.Tell(Ask.NewVoucher()).Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 1));

        Assert.Equal(["LatePaymentReceived", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal((3000L, 2), (life.State.LifetimePaid, life.State.Charge!.Attempt));

        life.Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 2));
        Assert.Equal((6000L, InvoiceStatus.Paid), (life.State.LifetimePaid, life.Invoice(2).Status));
    }

    [Fact]
    public void Paid_by_other_means_meanwhile_it_goes_back()
    {
        var life = Expired().Tell(Ask.ChangeMethod("tok_card")).Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 1));

        Assert.Equal(["LatePaymentReceived", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal((6000L, 3000L, 3000L), (life.State.LifetimePaid, life.Invoice(2).Paid, life.Invoice(2).Refunded));
        var requested = Assert.Single(life.All<SubscriptionEvent.RefundRequested>());
        Assert.Equal(
            (2, 1, 1, "tok_a", "late_payment"),
            (requested.Invoice, requested.Refund, requested.ChargeAttempt, requested.Token, requested.Reason));
    }

    [Fact]
    public void Closed_with_a_canceled_or_expired_subscription_it_goes_back()
    {
        var canceled = Expired().Tell(Ask.Cancel()).Tell(Ask.Confirm(Bank.Paid, invoice: 2));
        Assert.Equal(
            (SubscriptionStatus.Canceled, 3000L, InvoiceStatus.Void),
            (canceled.Status, canceled.State.LifetimePaid, canceled.Invoice(2).Status));

        var expired = Given.Monthly(3000).At("2024-01-31T10:00");
        expired.Bank.AlwaysSays(Bank.Voucher);
        expired.Subscribe().To("2024-03-02T00:00");
        expired.Bank.AlwaysSays(Bank.Paid);
        expired.Tell(Ask.Confirm(Bank.Paid));
        Assert.Equal((SubscriptionStatus.Expired, 0L), (expired.Status, expired.State.LifetimePaid));
    }

    [Fact]
    public void It_pays_the_first_period_of_one_that_is_still_pending_and_moves_it_when_that_is_over()
    {
        var life = Given.Weekly(700).At("2024-01-01T10:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Subscribe().To("2024-01-20T12:00");
        Assert.Equal(SubscriptionStatus.Pending, life.Status);

        life.Tell(Ask.Confirm(Bank.Paid));
        Assert.Equal(["ChargeSucceeded", "BillingDateMoved"], life.Happened);
        Assert.Equal(
            (SubscriptionStatus.Active, When.Utc("2024-01-27T10:00"), 1),
            (life.Status, life.State.CurrentPeriod!.End, life.Invoices.Count));
    }

    [Fact]
    public void A_part_that_was_paid_twice_is_not_the_next_one_that_is_not_due_yet()
    {
        var given = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 });
        var life = given.Retries(0, 365).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        life.To("2024-03-05T10:00");
        life.Bank.AlwaysSays(Bank.Paid);

        // February's part was paid by card. Its voucher is paid after March's part was paid too.
        life.Tell(Ask.ChangeMethod("tok_card")).To("2024-04-01T00:00").Tell(Ask.Confirm(Bank.Paid, invoice: 1, attempt: 2));

        Assert.Equal((3000L, 1000L, 3000L), (life.Invoice(1).Paid, life.Invoice(1).Refunded, life.State.LifetimePaid));
    }

    [Fact]
    public void A_refund_of_late_money_carries_no_tax_and_no_share_even_if_asked_for_again()
    {
        var given = Given.Monthly(3000).OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) });
        var life = Expired(given).Tell(Ask.ChangeMethod("tok_card"));
        life.Bank.Says(Bank.Hard);
        life.Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 1));
        Assert.Equal(["LatePaymentReceived", "RefundRequested", "RefundFailed"], life.Happened);

        life.Tell(Ask.Refund(2, 3300));
        var again = life.All<SubscriptionEvent.RefundRequested>().Last();
        Assert.Equal((1, 3300L, 0L), (again.ChargeAttempt, again.Amount, again.Tax));
        Assert.Empty(again.Shares);
        Assert.Equal(0, life.State.ServiceReturned);

        life.Tell(Ask.Refund(2));
        Assert.Equal(3300, life.State.ServiceReturned);
        Assert.Equal(
            (2, 3300L, 300L),
            (life.All<SubscriptionEvent.RefundRequested>().Last().ChargeAttempt, 3300L,
                life.All<SubscriptionEvent.RefundRequested>().Last().Tax));
    }

    [Fact]
    public void It_does_not_make_a_card_good_again_that_was_declined_for_good()
    {
        var life = Expired();
        life.Bank.Says(Bank.Hard);
        life.Tell(Ask.ChangeMethod("tok_card")).Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 1));
        Assert.Equal((SubscriptionStatus.Active, true), (life.Status, life.State.PaymentBlocked));

        var asked = life.Bank.Asked.Count;
        Assert.Equal((SubscriptionStatus.PastDue, asked), (life.To("2024-04-10T00:00").Status, life.Bank.Asked.Count));
    }

    [Fact]
    public void What_the_provider_says_of_a_payment_that_never_was_is_refused()
    {
        var life = Expired();

        Assert.Equal("payment_not_found", life.Refuses(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 7)).Code);
        Assert.Equal("payment_not_found", life.Refuses(Ask.Confirm(Bank.Paid, invoice: 9)).Code);
    }

    [Fact]
    public void That_it_was_not_paid_is_no_news()
    {
        var life = Expired().Tell(Ask.Confirm(Bank.Hard, invoice: 2));

        Assert.Empty(life.Happened);
    }

    [Theory]
    [InlineData(Role.Customer)]
    [InlineData(Role.Seller)]
    public void Neither_customer_nor_seller_may_say_that_something_was_paid(Role role)
    {
        var caller = role == Role.Customer ? By.Customer : By.Seller;
        var life = Expired();

        Assert.Equal(Refusal.ForAdministrators, life.Refuses(Ask.Confirm(Bank.Paid, invoice: 2), caller));
        Assert.Equal(Refusal.ForAdministrators, life.Refuses(Ask.Outcome(Bank.Paid, invoice: 2), caller));
    }
}
