namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>Refunds of one invoice: in full or in part, once or in several steps, to the payment method or to credit.</summary>
public sealed class InvoiceRefundTests
{
    private static Timeline Paid(Given? given = null) =>
        (given ?? Given.Monthly(3000)).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    [Theory]
    [InlineData(null, 3000)]
    [InlineData(1L, 1)]
    [InlineData(2999L, 2999)]
    [InlineData(3000L, 3000)]
    public void As_much_as_is_asked_or_all_of_it(long? amount, long expected)
    {
        var life = Paid().Tell(Ask.Refund(1, amount), By.Seller);

        Assert.Equal(["RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal((expected, 3000 - expected), (life.Invoice(1).Refunded, life.State.LifetimePaid));
        Assert.Equal((SubscriptionStatus.Active, InvoiceStatus.Paid), (life.Status, life.Invoice(1).Status));
        var asked = Assert.Single(life.All<SubscriptionEvent.RefundRequested>());
        Assert.Null(asked.Reason);
        Assert.NotNull(asked.ReasonSequence);
    }

    [Theory]
    [InlineData(0L, "refund_too_large", "amount")]
    [InlineData(-5L, "refund_too_large", "amount")]
    [InlineData(3001L, "refund_too_large", "amount")]
    public void Neither_more_than_is_left_nor_nothing(long amount, string code, string field)
    {
        var refusal = Paid().Refuses(Ask.Refund(1, amount));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void In_several_steps_until_nothing_is_left_each_with_its_number_and_credit_note()
    {
        var life = Paid().Tell(Ask.Refund(1, 1000)).Tell(Ask.Refund(1, 1500));
        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 501)).Code);

        life.Tell(Ask.Refund(1));
        Assert.Equal([(1, 1000L), (2, 1500L), (3, 500L)], life.All<SubscriptionEvent.RefundRequested>().Select(e => (e.Refund, e.Amount)));
        Assert.Equal([1, 2, 3], life.All<SubscriptionEvent.RefundSucceeded>().Select(e => e.CreditNote));
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(1)).Code);
    }

    [Fact]
    public void What_is_on_its_way_back_is_not_asked_for_twice()
    {
        var life = Paid();
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Refund(1, 2000));

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1001)).Code);
        Assert.Equal(1000, life.Tell(Ask.Refund(1)).All<SubscriptionEvent.RefundRequested>().Last().Amount);
    }

    [Fact]
    public void One_that_failed_may_be_asked_again_under_a_number_of_its_own()
    {
        var life = Paid();
        life.Bank.Says(Bank.Hard);
        life.Tell(Ask.Refund(1));
        Assert.Equal(["RefundRequested", "RefundFailed"], life.Happened);
        Assert.Equal((3000L, 0L, 0), (life.State.LifetimePaid, life.Invoice(1).Refunded, life.State.CreditNoteCount));

        life.Tell(Ask.Refund(1));
        Assert.Equal(
            (2, 0L, 1),
            (life.All<SubscriptionEvent.RefundSucceeded>().Single().Refund, life.State.LifetimePaid, life.State.CreditNoteCount));
    }

    [Fact]
    public void Without_an_answer_it_is_asked_again_with_the_same_key_and_the_subscription_goes_on()
    {
        var life = Paid();
        life.Bank.Says(Bank.Silence, Bank.Unclear, Bank.Paid);

        life.Tell(Ask.Refund(1)).To("2024-06-11T00:05");

        Assert.Equal(["1:refund-1 tok_a", "1:refund-1 tok_a", "1:refund-1 tok_a"], life.Bank.Asked[^3..]);
        Assert.Equal(0, life.State.LifetimePaid);
    }

    [Fact]
    public void Pending_at_the_provider_it_is_asked_for_again_the_next_day()
    {
        var life = Paid();
        life.Bank.Says(Bank.Voucher, Bank.Paid);
        life.Tell(Ask.Refund(1));
        Assert.Equal(["RefundRequested", "PaymentUnknown"], life.Happened);
        Assert.Equal(When.Utc("2024-06-12T00:00"), life.DueAt);

        Assert.Equal(0, life.To("2024-06-12T00:00").State.LifetimePaid);
    }

    [Fact]
    public void To_credit_it_happens_at_once_and_pays_later_invoices()
    {
        var life = Paid().Tell(Ask.Refund(1, 1200, toCredit: true));

        Assert.Equal(["CreditGranted"], life.Happened);
        Assert.Equal(
            (1200L, 3000L, 1, 1200L), (life.State.Credit, life.State.LifetimePaid, life.State.CreditNoteCount, life.Invoice(1).Refunded));
        Assert.Equal("Recurrence 3000, CreditApplied -1200 = 1800", life.To("2024-07-01T00:00").LastBill());
    }

    /// <summary>Regression: money that was credit could also be refunded as money.</summary>
    [Fact]
    public void What_stands_as_credit_is_not_given_back_as_money_too()
    {
        var life = Paid().Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "cheap", Amount = 300 }).Terms()));
        Assert.Equal(1800, life.State.Credit);

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1201)).Code);
        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1201, toCredit: true)).Code);
        Assert.Equal(1200, life.Tell(Ask.Refund(1)).Invoice(1).Refunded);
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(1)).Code);
    }

    [Fact]
    public void Nor_is_credit_that_an_unpaid_invoice_used_up()
    {
        var life = Paid().Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "cheap", Amount = 1500 }).Terms()));
        life.Bank.Says(Bank.Soft);
        Assert.Equal("Recurrence 1500, CreditApplied -1000 = 500", life.To("2024-07-01T00:00").LastBill());

        Assert.Equal(2000, life.Tell(Ask.Refund(1)).All<SubscriptionEvent.RefundRequested>().Single().Amount);
        Assert.Equal(1000, life.Tell(Ask.Cancel()).State.Credit);
    }

    [Theory]
    [InlineData(3000, "ProrationCredit 0, ProrationCharge 4000 = 4000")]
    [InlineData(1500, "ProrationCredit -1000, ProrationCharge 4000 = 3000")]
    [InlineData(300, "ProrationCredit -1800, ProrationCharge 4000 = 2200")]
    public void What_went_back_is_not_credited_by_a_change_as_well(long refunded, string bill)
    {
        var life = Paid().Tell(Ask.Refund(1, refunded))
            .Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));

        Assert.Equal(bill, life.Bill(2));
    }

    [Fact]
    public void A_refund_that_fails_counts_as_paid_again()
    {
        var life = Paid();
        life.Bank.Says(Bank.Hard);
        life.Tell(Ask.Refund(1)).Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));

        Assert.Equal("ProrationCredit -2000, ProrationCharge 4000 = 2000", life.Bill(2));
    }

    [Fact]
    public void One_that_fails_after_a_change_has_settled_it_makes_nothing_of_nothing()
    {
        var life = Paid();
        life.Bank.Says(Bank.Silence, Bank.Paid);
        life.Tell(Ask.Refund(1, 1000)).Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));
        Assert.Equal("ProrationCredit -1333, ProrationCharge 4000 = 2667", life.Bill(2));

        life.Tell(Ask.RefundOutcome(Bank.Hard), Caller.System).To("2024-06-21T00:00").Tell(Ask.ChangePlan(Given.Monthly(3000).Terms()));
        Assert.Equal("ProrationCredit -2000, ProrationCharge 1000 = -1000", life.Bill(3));
    }

    [Fact]
    public void A_refund_of_an_older_period_is_none_of_this_one()
    {
        var life = Paid().To("2024-07-01T00:00").Tell(Ask.Refund(1));

        life.Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));
        Assert.Equal("ProrationCredit -3000, ProrationCharge 6000 = 3000", life.Bill(3));
    }

    /// <summary>Found by a random life: money refunded from the old period was credited again as unused time of the new one.</summary>
    [Fact]
    public void Money_that_a_change_carried_into_the_service_that_runs_is_not_the_old_periods_any_more()
    {
        var life = Paid().Tell(Ask.ChangePlan(Given.Monthly().Other("yearly", 36_600, 1, IntervalUnit.Year).Terms()));
        Assert.Equal("Recurrence 36600, ProrationCredit -2000 = 34600", life.Bill(2));

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1001)).Code);
        Assert.Equal(1000, life.Tell(Ask.Refund(1)).Invoice(1).Refunded);
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(1)).Code);

        // A hundred days later more of the year is used, and its part of the old money may go back.
        Assert.Equal(3000, life.To("2024-09-19T00:00").Tell(Ask.Refund(1)).Invoice(1).Refunded);
    }

    [Fact]
    public void What_it_carried_into_a_service_that_is_not_paid_yet_is_kept_for_that()
    {
        var life = Paid();
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Given.Monthly().Other("yearly", 36_600, 1, IntervalUnit.Year).Terms()));
        Assert.Equal((34_600, 2000), (life.State.OpenInvoices[0].Total, life.State.OpenInvoices[0].Unused));

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1001)).Code);
        Assert.Equal(1000, life.Tell(Ask.Refund(1)).Invoice(1).Refunded);
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(1)).Code);
    }

    [Fact]
    public void The_billing_date_waits_for_a_refund_of_the_period_that_runs()
    {
        var life = Paid();
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Refund(1));

        Assert.Equal("refund_in_flight", life.Refuses(Ask.BillingDate("2024-06-21T00:00")).Code);

        life.Tell(Ask.RefundOutcome(Bank.Soft, invoice: 1, refund: 1), Caller.System);
        Assert.Equal(-1000, Assert.Single(life.Tell(Ask.BillingDate("2024-06-21T00:00")).State.WaitingLines).Amount);
    }

    [Fact]
    public void After_the_end_nothing_of_it_is_unused_any_more()
    {
        var life = Paid().Tell(Ask.ChangePlan(Given.Monthly().Other("yearly", 36_600, 1, IntervalUnit.Year).Terms())).Tell(Ask.Cancel());

        Assert.Equal(3000, life.Tell(Ask.Refund(1)).Invoice(1).Refunded);
    }

    [Fact]
    public void After_the_end_money_may_go_back_but_not_to_credit()
    {
        var life = Paid().Tell(Ask.Cancel());

        Assert.Equal("subscription_ended", life.Refuses(Ask.Refund(1, 100, toCredit: true)).Code);
        Assert.Equal(2900, life.Tell(Ask.Refund(1, 100)).State.LifetimePaid);
    }

    [Fact]
    public void An_invoice_that_is_not_there_or_was_not_paid_has_nothing_to_give_back()
    {
        var life = Paid();
        Assert.Equal("invoice_not_found", life.Refuses(Ask.Refund(2)).Code);

        life.Bank.Says(Bank.Soft);
        Assert.Equal("nothing_to_refund", life.To("2024-07-01T00:00").Refuses(Ask.Refund(2)).Code);
    }

    [Fact]
    public void Customers_do_not_give_themselves_money_back() =>
        Assert.Equal("refund_forbidden", Paid().Refuses(Ask.Refund(1), By.Customer).Code);

    [Fact]
    public void Sixty_four_may_be_on_their_way_at_a_time()
    {
        var life = Paid();
        life.Bank.AlwaysSays(Bank.Silence);
        for (var n = 0; n < 64; n++) life.Tell(Ask.Refund(1, 1));
        Assert.Equal("too_many_refunds", life.Refuses(Ask.Refund(1, 1)).Code);
        Assert.Equal("too_many_refunds", life.Refuses(Ask.Cancel(CancellationRefund.Full)).Code);

        life.Tell(Ask.RefundOutcome(Bank.Paid, refund: 7), Caller.System).Tell(Ask.Refund(1, 1));
        Assert.Equal((64, 65), (life.State.Refunds.Length, life.Invoice(1).Refunds));
    }

    [Fact]
    public void One_that_takes_several_charges_counts_for_each_of_them()
    {
        var life = Given.Yearly(1200).OfPlan(p => p with { Installments = 12 }).At("2024-01-01T00:00").Subscribe().To("2024-12-02T00:00");
        life.Bank.AlwaysSays(Bank.Silence);
        for (var n = 0; n < 53; n++) life.Tell(Ask.Refund(1, 1));
        Assert.Equal("too_many_refunds", life.Refuses(Ask.Refund(1)).Code);

        Assert.Equal(64, life.Tell(Ask.Refund(1, 1047)).State.Refunds.Length);
    }
}
