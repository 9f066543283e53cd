namespace OrleansBilling.Domain.Tests.Vouchers;

/// <summary>After a voucher expired: a new one on request, another payment method, or the end of the dunning window.</summary>
public sealed class ExpiredVoucherTests
{
    private static Timeline Expired(Given? given = null, string start = "2024-01-31T10:00")
    {
        var life = (given ?? Given.Monthly(3000)).At(start).Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        return life.To("2024-03-03T10:00");
    }

    [Fact]
    public void No_other_voucher_is_issued_by_itself_and_the_window_of_30_days_runs_from_the_first()
    {
        var life = Expired();
        Assert.Equal(When.Utc("2024-03-30T10:00"), life.State.OpenInvoices[0].GiveUpAt);

        life.To("2024-03-30T10:00");
        Assert.Equal(
            (SubscriptionStatus.Canceled, "dunning_exhausted", 1),
            (life.Status, life.State.Cancellation!.Reason, life.All<SubscriptionEvent.VoucherIssued>().Count()));
    }

    [Fact]
    public void The_first_payment_that_never_comes_expires_the_subscription()
    {
        var life = Given.Monthly(3000).At("2024-01-31T10:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Subscribe().To("2024-03-01T09:59");
        Assert.Equal(SubscriptionStatus.Pending, life.Status);

        life.To("2024-03-01T10:00");
        Assert.Equal(
            (SubscriptionStatus.Expired, InvoiceStatus.Uncollectible, 1), (life.Status, life.Invoice(1).Status, life.Invoices.Count));
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void The_customer_may_ask_for_a_new_one_which_has_an_end_and_a_reminder_of_its_own()
    {
        var life = Expired().To("2024-03-05T12:00").Tell(Ask.NewVoucher(), By.Customer);

        Assert.Equal(["ChargeRequested", "VoucherIssued"], life.Happened);
        Assert.Equal(
            (2, new PaymentVoucher(When.Utc("2024-03-08T12:00"), When.Utc("2024-03-07T12:00"), "voucher-1")),
            (life.State.Charge!.Attempt, life.State.Charge.Voucher!));
        Assert.Equal("voucher_pending", life.Refuses(Ask.NewVoucher()).Code);

        life.Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 2));
        Assert.Equal((SubscriptionStatus.Active, 6000L), (life.Status, life.State.LifetimePaid));
        Assert.Equal("no_voucher_expired", life.Refuses(Ask.NewVoucher()).Code);
    }

    [Fact]
    public void The_oldest_of_several_comes_first()
    {
        var life = Given.Weekly(700).Retries(0, 60).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        life.To("2024-01-19T00:00");
        Assert.Equal([2, 3], life.State.OpenInvoices.Select(invoice => invoice.Number));

        life.Tell(Ask.NewVoucher());
        Assert.Equal(2, life.State.Charge!.Invoice);
    }

    [Fact]
    public void Asked_for_too_often_it_is_refused_until_the_oldest_is_30_days_old()
    {
        var life = Expired(
            Given.Every(2, IntervalUnit.Month).Retries(0, 365).OfProduct(p => p with { Voucher = new VoucherTerms(1, 0) }),
            "2023-12-31T10:00");
        for (var voucher = 2; voucher <= 20; voucher++) life.Tell(Ask.NewVoucher()).Days(1);

        Assert.Equal(("attempt_limit", "2024-03-22T10:00"), (life.Refuses(Ask.NewVoucher()).Code, When.Text(life.Now)));
        Assert.Equal("attempt_limit", life.To("2024-03-31T09:59").Refuses(Ask.NewVoucher()).Code);
        Assert.Equal(21, life.To("2024-03-31T10:00").Tell(Ask.NewVoucher()).Invoice(2).Attempts.Length);
    }

    [Fact]
    public void Another_payment_method_is_tried_at_once()
    {
        var life = Expired();
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.ChangeMethod("tok_card"));

        Assert.Equal((SubscriptionStatus.Active, "2:2 tok_card"), (life.Status, life.Bank.Asked[^1]));
    }

    [Fact]
    public void A_method_that_was_changed_while_the_voucher_waited_is_tried_when_it_expires()
    {
        var life = Given.Monthly(3000).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        life.To("2024-02-29T10:00").Tell(Ask.ChangeMethod("tok_card"));
        Assert.Equal(["PaymentMethodChanged"], life.Happened);

        life.Bank.Decides(payment => payment.Token == "tok_card" ? Bank.Paid : Bank.Voucher);
        life.To("2024-03-03T10:00");
        Assert.Equal((SubscriptionStatus.Active, "2:2 tok_card"), (life.Status, life.Bank.Asked[^1]));
    }

    [Fact]
    public void Left_past_due_a_given_up_voucher_may_still_be_renewed()
    {
        var life = Expired(Given.Monthly(3000).OnExhausted(ExhaustedAction.LeavePastDue)).To("2024-03-30T10:00");
        Assert.True(life.State.OpenInvoices[0].Exhausted);

        life.Tell(Ask.NewVoucher()).Tell(Ask.Confirm(Bank.Paid, invoice: 2, attempt: 2));
        Assert.DoesNotContain(life.State.OpenInvoices, invoice => invoice.Number == 2);
    }
}
