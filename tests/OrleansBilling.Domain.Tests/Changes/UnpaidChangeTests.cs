namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>If a change is unpaid, the customer keeps what was paid before it, for a refund and for the next change.</summary>
public sealed class UnpaidChangeTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Priced(long amount, Given? given = null) =>
        (given ?? Monthly).OfOffer(o => o with { Id = $"at-{amount}", Amount = amount }).Terms();

    private static OfferTerms Yearly(Given? given = null) => (given ?? Monthly).Other("yearly", 36_600, 1, IntervalUnit.Year).Terms();

    /// <summary>Paid 3000 for the 30 days from June 1. On June 11 the charge of a change is declined.</summary>
    private static Timeline Declined(OfferTerms to, Given? given = null)
    {
        var life = (given ?? Monthly).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);
        return life.Tell(Ask.ChangePlan(to));
    }

    public static TheoryData<string, string, long> Refunds => new()
    {
        { "same interval", "prorated", 2000 },
        { "same interval", "full", 3000 },
        { "other interval", "prorated", 2000 },
        { "other interval", "full", 3000 },
        { "added tax", "prorated", 2200 },
        { "added tax", "full", 3300 },
        { "contained tax", "prorated", 2000 },
        { "yen", "prorated", 2000 },
        { "dinars", "prorated", 2000 },
        { "voucher that expired", "prorated", 1700 },
        { "two declined", "prorated", 1000 },
        { "two declined", "full", 3000 },
        { "two intervals declined", "prorated", 1000 },
        { "ten days later", "prorated", 1000 },
        { "paused by dunning", "prorated", 1900 },
    };

    private static Timeline Situation(string name) => name switch
    {
        "same interval" => Declined(Priced(6000)),
        "other interval" => Declined(Yearly()),
        "added tax" => Declined(Priced(6000, Taxed(inclusive: false)), Taxed(inclusive: false)),
        "contained tax" => Declined(Priced(6000, Taxed(inclusive: true)), Taxed(inclusive: true)),
        "yen" => Declined(Priced(6000, Given.Monthly(3000, "JPY")), Given.Monthly(3000, "JPY")),
        "dinars" => Declined(Yearly(Given.Monthly(3000, "KWD")), Given.Monthly(3000, "KWD")),
        "voucher that expired" => VoucherExpired(),
        "two declined" => TwoDeclined(Priced(6000), Priced(9000)),
        "two intervals declined" => TwoDeclined(Yearly(), Monthly.Other("weekly", 7000, 1, IntervalUnit.Week).Terms()),
        "ten days later" => TenDaysLater(),
        "paused by dunning" => PausedByDunning(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    [Theory]
    [MemberData(nameof(Refunds))]
    public void Canceled_with_a_refund_what_was_paid_before_goes_back(string situation, string refund, long expected)
    {
        var life = Situation(situation);
        var paid = life.State.LifetimePaid;

        life.Tell(Ask.Cancel(refund == "full" ? CancellationRefund.Full : CancellationRefund.Prorated));

        Assert.Equal((expected, paid - expected), (life.Invoice(1).Refunded, life.State.LifetimePaid));
        Assert.Equal(0, life.State.Credit);
        Assert.All(life.Invoices.Skip(1), invoice => Assert.Equal(InvoiceStatus.Void, invoice.Status));
    }

    [Fact]
    public void Back_at_once_nothing_is_owed()
    {
        var life = Declined(Priced(6000)).Tell(Ask.ChangePlan(Monthly.Terms()));

        Assert.Equal(["ChangeVoided", "PlanChanged", "InvoiceIssued"], life.Happened);
        Assert.Equal(("ProrationCredit -2000, ProrationCharge 2000 = 0", InvoiceStatus.Void), (life.Bill(3), life.Invoice(2).Status));
        Assert.Equal(
            (SubscriptionStatus.Active, 0, 3000L, 0L),
            (life.Status, life.State.OpenInvoices.Length, life.State.LifetimePaid, life.State.Credit));
        Assert.Equal("Recurrence 3000 = 3000", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void Back_from_another_interval_the_period_that_was_paid_goes_on()
    {
        var life = Declined(Yearly());
        Assert.Equal((2, When.Utc("2025-06-11T00:00")), (life.State.CurrentPeriod!.Index, life.State.CurrentPeriod.End));

        life.Tell(Ask.ChangePlan(Monthly.Terms()));
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-06-01T00:00"), When.Utc("2024-07-01T00:00")), life.State.CurrentPeriod);
        Assert.Equal((SubscriptionStatus.Active, 0, 1), (life.Status, life.State.OpenInvoices.Length, life.State.TermStartIndex));
        Assert.Equal(life.State.CurrentPeriod, life.Invoice(1).Period);

        life.To("2024-08-01T00:00");
        Assert.Equal((3, "Recurrence 3000 = 3000", 9000L), (life.State.CurrentPeriod!.Index, life.LastBill(), life.State.LifetimePaid));
    }

    [Fact]
    public void A_second_change_is_computed_from_what_was_paid()
    {
        var life = Declined(Priced(6000)).To("2024-06-11T12:00").Tell(Ask.ChangePlan(Priced(9000)));

        // 19.5 of 30 days are left: 1950 of the 3000 that were paid, 5850 of 9000.
        Assert.Equal("ProrationCredit -1950, ProrationCharge 5850 = 3900", life.Bill(3));
        Assert.Equal((SubscriptionStatus.Active, 6900L), (life.Status, life.State.LifetimePaid));
    }

    [Fact]
    public void Its_charge_in_flight_comes_first()
    {
        foreach (var answer in new[] { Bank.Silence, Bank.Unclear })
        {
            var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
            life.Bank.Says(answer);
            life.Tell(Ask.ChangePlan(Priced(6000)));

            Assert.Equal(Refusal.ChargeInFlight, life.Refuses(Ask.ChangePlan(Monthly.Terms())));
            Assert.Equal(Refusal.ChargeInFlight, life.Preview(Ask.ChangePlan(Monthly.Terms())).Refusal);

            life.Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System).Tell(Ask.ChangePlan(Monthly.Terms()));
            Assert.Equal(("ProrationCredit -4000, ProrationCharge 2000 = -2000", 2000L), (life.Bill(3), life.State.Credit));
        }
    }

    [Fact]
    public void A_voucher_that_waits_is_withdrawn_and_money_for_it_becomes_credit()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.Says(Bank.Voucher);
        life.Tell(Ask.ChangePlan(Priced(6000))).Tell(Ask.ChangePlan(Monthly.Terms()));
        Assert.Equal(["VoucherWithdrawn", "ChangeVoided", "PlanChanged", "InvoiceIssued"], life.Happened);
        Assert.Equal(
            (AttemptOutcome.Declined, "voucher_withdrawn"), (life.Invoice(2).Attempts[0].Outcome, life.Invoice(2).Attempts[0].Code));
        Assert.Empty(life.State.Declines);

        life.Tell(Ask.Confirm(Bank.Paid, invoice: 2)).Tell(Ask.Confirm(Bank.Paid, invoice: 2));
        Assert.Equal((2000L, 5000L, 2000L), (life.State.Credit, life.State.LifetimePaid, life.Invoice(2).Collected));
        Assert.Equal("Recurrence 3000, CreditApplied -2000 = 1000", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void Credit_that_it_had_used_up_comes_back()
    {
        var life = Given.Monthly(3000).At("2024-05-01T00:00").Subscribe().Tell(Ask.Refund(1, 500, toCredit: true)).To("2024-06-01T00:00");
        Assert.Equal(2500, life.State.LifetimePaid - 3000);
        life.Tell(Ask.Refund(2, 700, toCredit: true)).To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Priced(6000)));

        // 2300 of June's money was kept, and 500 of credit had also paid for it: 2300 - 767 and so on. All credit is used.
        Assert.Equal(0, life.State.Credit);
        life.Tell(Ask.ChangePlan(Monthly.Terms()));
        Assert.Equal(0, life.State.OpenInvoices.Sum(invoice => invoice.Total));
    }

    [Fact]
    public void A_coupon_that_it_had_redeemed_is_good_for_the_next_recurrence()
    {
        var once = new Coupon { Id = "once", SellerId = "seller", Reduction = new PriceReduction(50_000, null), Recurrences = 1 };
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Coupon(once)).To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Yearly()));
        Assert.Equal("Recurrence 36600, Discount -18300, ProrationCredit -2000 = 16300", life.Bill(2));

        life.Tell(Ask.Give(1)).Tell(Ask.ChangePlan(Monthly.Terms()));
        Assert.Equal([(2, 2), (2, 2)], life.State.Discounts.Select(discount => (discount.FromIndex, discount.ToIndex!.Value)));
        Assert.Equal("Recurrence 3000, Discount -1500, Discount -1500 = 0", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void The_invoice_keeps_its_number()
    {
        var life = Declined(Priced(6000)).Tell(Ask.ChangePlan(Priced(9000)));

        Assert.Equal(
            [(1, InvoiceStatus.Paid), (2, InvoiceStatus.Void), (3, InvoiceStatus.Paid)],
            life.Invoices.Select(invoice => (invoice.Number, invoice.Status)));
    }

    [Fact]
    public void Paid_at_last_it_counts_as_ever()
    {
        var life = Declined(Priced(6000)).To("2024-06-12T00:00");
        Assert.Equal((SubscriptionStatus.Active, 5000L), (life.Status, life.State.LifetimePaid));

        Assert.Equal(3800, life.Tell(Ask.Cancel(CancellationRefund.Prorated)).Invoices.Sum(invoice => invoice.Refunded));
    }

    [Fact]
    public void Money_that_went_back_meanwhile_is_not_given_back_again()
    {
        var same = Declined(Priced(6000)).Tell(Ask.Refund(1, 600)).Tell(Ask.Cancel(CancellationRefund.Prorated));
        Assert.Equal(2000, same.Invoice(1).Refunded);

        var other = Declined(Yearly()).Tell(Ask.Refund(1, 600)).Tell(Ask.Cancel(CancellationRefund.Prorated));
        Assert.Equal(2000, other.Invoice(1).Refunded);
    }

    [Fact]
    public void A_stretch_that_the_change_had_billed_waits_again()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.BillingDate("2024-07-16T00:00")).To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Priced(6000)));
        Assert.Empty(life.State.WaitingLines);

        life.Tell(Ask.Cancel(CancellationRefund.Prorated));
        Assert.Equal((2000L, 0), (life.Invoice(1).Refunded, life.State.WaitingLines.Length));
    }

    [Fact]
    public void What_a_paid_change_carried_goes_back_with_it()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Yearly()));
        Assert.Equal(37_600, life.State.LifetimePaid);

        life.Tell(Ask.Cancel(CancellationRefund.Prorated));
        Assert.Equal([2000L, 34_600], life.Invoices.Select(invoice => invoice.Refunded));
    }

    private static Given Taxed(bool inclusive) =>
        Monthly.OfProduct(p => p with { Tax = new TaxPolicy(inclusive, [new TaxRate(null, "VAT", 10_000)]) });

    private static Timeline VoucherExpired()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Tell(Ask.ChangePlan(Priced(6000))).To("2024-06-14T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    private static Timeline TwoDeclined(OfferTerms first, OfferTerms second)
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(first)).To("2024-06-16T00:00").Tell(Ask.ChangePlan(second)).To("2024-06-21T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    private static Timeline TenDaysLater()
    {
        var life = Declined(Priced(6000));
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-06-21T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    /// <summary>Service is paused from June 12.</summary>
    private static Timeline PausedByDunning()
    {
        var given = Monthly.Retries(1, 60, 1).OnExhausted(ExhaustedAction.Pause);
        var life = Declined(Priced(6000, given), given);
        life.Bank.Says(Bank.Soft);
        return life.To("2024-06-20T00:00");
    }
}
