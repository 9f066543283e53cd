namespace OrleansBilling.Domain.Tests.BillingDates;

/// <summary>
/// What happens between moving the billing date and its charge: changes, pauses, cancellations. No time is paid twice, and
/// none is free.
/// </summary>
public sealed class AfterwardsTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Dearer => Monthly.OfOffer(o => o with { Id = "dearer", Amount = 6000 }).Terms();

    /// <summary>July 1 moves to July 16. The extra 15 of 31 days cost 1452.</summary>
    private static Timeline Longer(Given? given = null) =>
        (given ?? Monthly).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.BillingDate("2024-07-16T00:00"));

    /// <summary>July 1 moves to June 21. A credit of 1000 waits.</summary>
    private static Timeline Shorter(Given? given = null) =>
        (given ?? Monthly).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.BillingDate("2024-06-21T00:00"));

    [Fact]
    public void A_change_before_the_stretch_charges_it_with_the_rest()
    {
        var life = Longer().To("2024-06-16T00:00").Tell(Ask.ChangePlan(Dearer));

        // 15 of 30 days are unused; 30 days are left at 200 a day.
        Assert.Equal("ProrationCredit -1500, ProrationCharge 6000 = 4500", life.Bill(2));
        Assert.Equal("Recurrence 6000 = 6000", life.To("2024-07-16T00:00").LastBill());
    }

    [Fact]
    public void A_change_within_the_stretch_bills_what_was_served_of_it()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.ChangePlan(Dearer));

        Assert.Equal("ProrationCredit 0, ProrationCharge 2000, ProrationCharge 484 = 2484", life.Bill(2));
        Assert.Equal("Recurrence 6000 = 6000", life.To("2024-07-16T00:00").LastBill());
    }

    [Fact]
    public void A_change_in_a_shortened_period_brings_the_waiting_credit_with_it()
    {
        var life = Shorter().To("2024-06-16T00:00").Tell(Ask.ChangePlan(Dearer));

        Assert.Equal("ProrationCredit -500, ProrationCharge 1000, ProrationCredit -1000 = -500", life.Bill(2));
        Assert.Equal("Recurrence 6000, CreditApplied -500 = 5500", life.To("2024-06-21T00:00").LastBill());
    }

    [Fact]
    public void Shortened_after_a_change_the_credit_is_that_of_what_was_changed_to()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Dearer))
            .Tell(Ask.BillingDate("2024-06-21T00:00"));

        Assert.Equal(-2000, Assert.Single(life.State.WaitingLines).Amount);
    }

    [Fact]
    public void A_change_to_another_interval_settles_the_stretch_and_starts_anew()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms()));

        Assert.Equal("Recurrence 30000, ProrationCredit 0, ProrationCharge 484 = 30484", life.Bill(2));
    }

    [Theory]
    [InlineData("2024-06-16T00:00", 1)]
    [InlineData("2024-07-01T00:00", 1)]
    public void Canceled_before_the_stretch_nothing_of_it_is_billed(string at, int invoices)
    {
        var life = Longer().To(at).Tell(Ask.Cancel());

        Assert.Equal((SubscriptionStatus.Canceled, invoices), (life.Status, life.Invoices.Count));
        Assert.Empty(life.State.WaitingLines);
    }

    /// <summary>Regression: extra time that nobody was served was billed, because time had passed over it.</summary>
    [Fact]
    public void Reactivated_later_it_is_not_billed_either()
    {
        var life = Longer().To("2024-06-16T00:00").Tell(Ask.Cancel()).To("2024-12-01T00:00").Tell(Ask.Reactivate());

        Assert.Equal("Recurrence 3000 = 3000", life.LastBill());
    }

    [Fact]
    public void Canceled_within_the_stretch_the_last_invoice_bills_what_was_served()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.Cancel(), By.Customer);

        Assert.Equal(["InvoiceIssued", "ChargeRequested", "Canceled", "ChargeSucceeded"], life.Happened);
        Assert.Equal(("ProrationCharge 484 = 484", InvoiceStatus.Paid), (life.Bill(2), life.Invoice(2).Status));
    }

    [Fact]
    public void Taken_away_within_the_stretch_it_is_billed_as_far_as_it_was_served_should_the_customer_come_back()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.Chargeback());
        Assert.Equal((SubscriptionStatus.Canceled, 484L), (life.Status, Assert.Single(life.State.WaitingLines).Amount));

        life.To("2024-12-01T00:00").Tell(Ask.Reactivate());
        Assert.Equal("Recurrence 3000, ProrationCharge 484 = 3484", life.LastBill());
    }

    [Fact]
    public void Canceled_in_a_shortened_period_the_waiting_credit_is_not_lost()
    {
        var life = Shorter().To("2024-06-16T00:00").Tell(Ask.Cancel());

        Assert.Equal(("ProrationCredit -1000 = -1000", 1000L), (life.Bill(2), life.State.Credit));
    }

    [Theory]
    [InlineData(CancellationRefund.Prorated, 500)]
    [InlineData(CancellationRefund.Full, 2000)]
    public void What_became_credit_is_not_given_back_as_money_too(CancellationRefund refund, long expected)
    {
        var life = Shorter().To("2024-06-16T00:00").Tell(Ask.Cancel(refund));

        Assert.Equal((1000L, expected), (life.State.Credit, life.Invoice(1).Refunded));
    }

    /// <summary>Found by a random life: shortening the period credited money that had already gone back.</summary>
    [Theory]
    [InlineData(3000, 0)]
    [InlineData(1500, -500)]
    public void What_went_back_before_is_not_credited_by_a_shorter_period(long refunded, long credit)
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Refund(1, refunded))
            .Tell(Ask.BillingDate("2024-06-21T00:00"));

        Assert.Equal(credit, Assert.Single(life.State.WaitingLines).Amount);
    }

    [Fact]
    public void Credit_that_waits_is_not_given_back_as_money_too()
    {
        var life = Shorter(Monthly.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) }));

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 2201)).Code);
        Assert.Equal(2200, life.Tell(Ask.Refund(1)).Invoice(1).Refunded);
    }

    [Fact]
    public void Nor_by_a_change_after_a_longer_one()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Refund(1))
            .Tell(Ask.BillingDate("2024-07-16T00:00")).Tell(Ask.ChangePlan(Dearer));

        Assert.Equal("ProrationCredit 0, ProrationCharge 7000 = 7000", life.Bill(2));
    }

    [Fact]
    public void A_pause_before_the_stretch_moves_it_along()
    {
        var life = Longer().To("2024-06-16T00:00").Tell(Ask.Pause(until: "2024-06-26T00:00")).To("2024-07-26T00:00");

        Assert.Equal("06-01/07-26 07-26/08-26", life.Periods());
        Assert.Equal("Recurrence 3000, ProrationCharge 1452 = 4452", life.LastBill());
    }

    [Fact]
    public void Canceled_in_a_pause_within_the_stretch_only_what_was_served_before_is_billed()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.Pause()).To("2024-09-01T00:00").Tell(Ask.Cancel());

        Assert.Equal("ProrationCharge 484 = 484", life.LastBill());
    }

    [Fact]
    public void Paused_within_the_stretch_and_canceled_by_a_chargeback_only_what_was_served_waits()
    {
        var life = Longer().To("2024-07-06T00:00").Tell(Ask.Pause()).To("2024-09-01T00:00").Tell(Ask.Chargeback());

        Assert.Equal(484, Assert.Single(life.State.WaitingLines).Amount);
    }

    [Fact]
    public void A_scheduled_cancellation_ends_the_lengthened_period_and_bills_the_stretch()
    {
        var life = Longer().Tell(Ask.CancelAtPeriodEnd()).To("2024-07-16T00:00");

        Assert.Equal((SubscriptionStatus.Canceled, "ProrationCharge 1452 = 1452"), (life.Status, life.LastBill()));
    }

    [Fact]
    public void At_the_end_of_a_term_the_stretch_is_billed_before_it_is_completed()
    {
        var life = Longer(Monthly.Recurrences(1)).To("2024-07-16T00:00");

        Assert.Equal((SubscriptionStatus.Completed, "ProrationCharge 1452 = 1452"), (life.Status, life.LastBill()));
    }

    private static Timeline GiftInJuly() => Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Give(1)).To("2024-07-11T00:00");

    /// <summary>Regression: customers could stretch a gift of one month as long as they liked.</summary>
    [Fact]
    public void A_gift_of_one_recurrence_gives_no_stretch_on_top()
    {
        var life = GiftInJuly().Tell(Ask.BillingDate("2024-08-16T00:00")).To("2024-08-16T00:00");

        Assert.Equal(
            ["Recurrence 3000 = 3000", "Recurrence 3000, Discount -3000 = 0", "Recurrence 3000, ProrationCharge 1452 = 4452"],
            life.Invoices.Select(Bills.Text));
    }

    [Fact]
    public void Nor_by_way_of_changes()
    {
        var life = GiftInJuly().Tell(Ask.BillingDate("2024-08-16T00:00")).To("2024-07-17T00:00");

        life.Tell(Ask.Quantity(2)).Tell(Ask.Quantity(1));

        // 30 days are left at two seats: 5806. The gift covers one seat for the 15 days of July; the extra time is paid for.
        Assert.Equal("ProrationCredit 0, ProrationCharge 5806, Discount -1452 = 4354", life.Bill(3));
        Assert.Equal("ProrationCredit -4354, ProrationCharge 2903, Discount -1452 = -2903", life.Bill(4));
        Assert.Equal(1451, life.State.LifetimePaid - life.State.Credit - 3000);
    }

    [Fact]
    public void A_discount_for_ever_holds_for_the_stretch_too()
    {
        var half = new Coupon { Id = "HALF", SellerId = "seller", Reduction = new PriceReduction(50_000, null) };
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Coupon(half)).To("2024-07-11T00:00")
            .Tell(Ask.BillingDate("2024-08-16T00:00"));

        Assert.Equal(726, Assert.Single(life.State.WaitingLines).Amount);
    }

    [Fact]
    public void Lengthened_and_then_shortened_by_a_change_the_rest_is_paid_once()
    {
        var life = Longer().To("2024-06-16T00:00").Tell(Ask.ChangePlan(Dearer)).Tell(Ask.ChangePlan(Monthly.Terms()))
            .Tell(Ask.Cancel(CancellationRefund.Prorated));

        // Half of June is used. The rest, including the extra time, goes back or is credit.
        Assert.Equal(1500, life.State.LifetimePaid - life.State.Credit);
    }
}
