namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>
/// The customer's bank takes a charge back. It is recorded once, credit is set off against it, and the product decides
/// whether the subscription continues.
/// </summary>
public sealed class ChargebackTests
{
    private static readonly Given Keeping = Given.Monthly(3000).OfProduct(p => p with { OnChargeback = ChargebackAction.Keep });

    private static Timeline OnJune11(Given given) => given.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    [Fact]
    public void By_default_the_system_cancels()
    {
        var life = OnJune11(Given.Monthly(3000)).Tell(Ask.Chargeback());

        Assert.Equal(["ChargedBack", "Canceled"], life.Happened);
        Assert.Equal(new Cancellation(CancellationOrigin.System, "chargeback", null), life.State.Cancellation);
        Assert.Equal(0, life.State.LifetimePaid);
        var back = Assert.Single(life.All<SubscriptionEvent.ChargedBack>());
        Assert.Null(back.Reason);
        Assert.NotNull(back.ReasonSequence);
    }

    [Fact]
    public void Where_the_product_keeps_it_it_goes_on()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback());

        Assert.Equal(["ChargedBack"], life.Happened);
        Assert.Equal(
            (SubscriptionStatus.Active, InvoiceStatus.Paid, InvoiceStatus.Disputed),
            (life.Status, life.Invoice(1).Status, life.Invoice(1).Standing));
        Assert.Equal("Recurrence 3000 = 3000", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void Told_twice_it_happened_once()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback()).Tell(Ask.Chargeback());

        Assert.Empty(life.Happened);
    }

    [Fact]
    public void After_a_partial_refund_the_rest_is_taken_back()
    {
        var life = OnJune11(Keeping).Tell(Ask.Refund(1, 1000)).Tell(Ask.Chargeback());

        Assert.Equal((2000L, 0L), (Assert.Single(life.All<SubscriptionEvent.ChargedBack>()).Amount, life.State.LifetimePaid));
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(1)).Code);
    }

    [Fact]
    public void After_a_full_refund_there_is_nothing_to_take_back() =>
        Assert.Empty(OnJune11(Keeping).Tell(Ask.Refund(1)).Tell(Ask.Chargeback()).Happened);

    /// <summary>Regression: credit from the charge was kept. A year, changed to a month and charged back, gave eight free years.</summary>
    [Fact]
    public void Credit_is_set_off_against_it()
    {
        var life = OnJune11(Given.Monthly(3000))
            .Tell(Ask.ChangePlan(Given.Monthly().OfOffer(o => o with { Id = "cheap", Amount = 300 }).Terms()));
        Assert.Equal(1800, life.State.Credit);

        life.Tell(Ask.Chargeback());
        Assert.Equal((0L, 1800L), (life.State.Credit, Assert.Single(life.All<SubscriptionEvent.ChargedBack>()).CreditTaken));
        Assert.Equal("Recurrence 300 = 300", life.Tell(Ask.Reactivate()).LastBill());
    }

    [Fact]
    public void Money_that_became_credit_is_taken_back_all_the_same()
    {
        var life = OnJune11(Keeping).Tell(Ask.Refund(1, 1000, toCredit: true)).Tell(Ask.Chargeback());

        var back = Assert.Single(life.All<SubscriptionEvent.ChargedBack>());
        Assert.Equal((3000L, 1000L, 0L, 0L), (back.Amount, back.CreditTaken, life.State.Credit, life.State.LifetimePaid));
    }

    [Fact]
    public void No_more_credit_is_taken_than_was_taken_back()
    {
        var life = OnJune11(Keeping.OfOffer(o => o with { Amount = 300 })).To("2024-07-01T00:00").Tell(Ask.Refund(1, toCredit: true))
            .Tell(Ask.Refund(2, 200, toCredit: true));
        Assert.Equal(500, life.State.Credit);

        Assert.Equal(200, life.Tell(Ask.Chargeback()).State.Credit);
    }

    [Fact]
    public void What_was_taken_back_is_not_credited_by_a_change()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback())
            .Tell(Ask.ChangePlan(Keeping.OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));

        Assert.Equal("ProrationCredit 0, ProrationCharge 4000 = 4000", life.Bill(2));
    }

    [Fact]
    public void After_the_end_it_is_recorded_and_nothing_else_happens()
    {
        var life = OnJune11(Given.Monthly(3000)).Tell(Ask.Cancel()).Tell(Ask.Chargeback());

        Assert.Equal(["ChargedBack"], life.Happened);
        Assert.Equal(CancellationOrigin.Administrator, life.State.Cancellation!.Origin);
    }

    [Fact]
    public void What_is_owed_is_written_off_with_it()
    {
        var life = OnJune11(Given.Monthly(3000));
        life.Bank.Says(Bank.Soft);

        Assert.Equal(InvoiceStatus.Uncollectible, life.To("2024-07-01T00:00").Tell(Ask.Chargeback()).Invoice(2).Status);
    }

    [Fact]
    public void One_part_of_a_year_is_taken_back_by_itself()
    {
        var life = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 })
            .OfProduct(p => p with { OnChargeback = ChargebackAction.Keep }).At("2024-01-31T10:00").Subscribe().To("2024-03-01T00:00");

        life.Tell(Ask.Chargeback(attempt: 2));

        Assert.Equal([0L, 1000], life.Invoice(1).Captures.Select(capture => capture.ChargedBack));
        Assert.Equal(1000, life.Tell(Ask.Refund(1)).All<SubscriptionEvent.RefundRequested>().Single().Amount);
    }

    [Theory]
    [InlineData(2, 1, "invoice_not_found")]
    [InlineData(1, 2, "payment_not_found")]
    public void Of_what_was_never_paid_nothing_is_taken_back(int invoice, int attempt, string code) =>
        Assert.Equal(code, OnJune11(Keeping).Refuses(Ask.Chargeback(invoice, attempt)).Code);

    [Fact]
    public void Neither_customers_nor_sellers_say_so()
    {
        Assert.Equal(Refusal.ForAdministrators, OnJune11(Keeping).Refuses(Ask.Chargeback(), By.Seller));
        Assert.Equal(Refusal.ForAdministrators, OnJune11(Keeping).Refuses(Ask.Chargeback(), By.Customer));
    }

    [Fact]
    public void It_shows_on_its_invoice_until_it_is_lost()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback(amount: 1200));
        Assert.Equal(
            (1200L, 3000L, InvoiceStatus.Disputed, 1800L),
            (life.Invoice(1).ChargedBack, life.Invoice(1).Collected, life.Invoice(1).Standing, life.State.LifetimePaid));

        life.Tell(Ask.Chargeback(outcome: DisputeStatus.Lost));
        Assert.Equal(["ChargebackClosed"], life.Happened);
        Assert.Equal((1200L, InvoiceStatus.Paid, 1800L), (life.Invoice(1).ChargedBack, life.Invoice(1).Standing, life.State.LifetimePaid));
        Assert.Empty(life.Tell(Ask.Chargeback(outcome: DisputeStatus.Won)).Happened);
    }

    [Fact]
    public void Won_everything_is_put_back()
    {
        var split = Keeping.OfOffer(o => o with { Split = [new SplitPart(SplitRole.Platform, "platform", 10_000, null)] });
        var life = OnJune11(split).Tell(Ask.Refund(1, 500, toCredit: true)).Tell(Ask.Chargeback());
        Assert.Equal((0L, 0L), (life.State.Credit, life.State.LifetimePaid));

        life.Tell(Ask.Chargeback(outcome: DisputeStatus.Won));
        Assert.Equal(
            (500L, 3000L, 0L, InvoiceStatus.Paid),
            (life.State.Credit, life.State.LifetimePaid, life.Invoice(1).ChargedBack, life.Invoice(1).Standing));
        var postings = life.Events.SelectMany(e => Postings.Of(e)).Where(posting => posting.Party == "platform")
            .Sum(posting => posting.Amount);
        Assert.Equal(-250, postings);
        Assert.Empty(life.Tell(Ask.Chargeback()).Happened);
        Assert.Equal(2500, life.Tell(Ask.Refund(1)).All<SubscriptionEvent.RefundRequested>().Single().Amount);
    }

    [Theory]
    [InlineData(null, 500)]
    [InlineData(3140L, 500)]
    [InlineData(400L, 400)]
    public void Never_more_is_taken_than_is_left(long? amount, long taken)
    {
        var life = OnJune11(Keeping.OfOffer(o => o with { Amount = 3140 })).Tell(Ask.Refund(1, 2640)).Tell(Ask.Chargeback(amount: amount));

        Assert.Equal((taken, 2640L, 500 - taken), (life.Invoice(1).ChargedBack, life.Invoice(1).Refunded, life.State.LifetimePaid));
    }

    [Fact]
    public void What_a_part_left_can_still_be_refunded()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback(amount: 1200));

        Assert.Equal("refund_too_large", life.Refuses(Ask.Refund(1, 1801)).Code);
        Assert.Equal((1800L, 0L), (life.Tell(Ask.Refund(1)).Invoice(1).Refunded, life.State.LifetimePaid));
    }

    [Fact]
    public void Won_before_a_change_it_counts_as_paid_again()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback()).Tell(Ask.Chargeback(outcome: DisputeStatus.Won))
            .Tell(Ask.ChangePlan(Keeping.OfOffer(o => o with { Id = "dear", Amount = 6000 }).Terms()));

        Assert.Equal("ProrationCredit -2000, ProrationCharge 4000 = 2000", life.Bill(2));
    }

    [Fact]
    public void Told_that_it_was_lost_and_nothing_before_it_is_recorded_as_that()
    {
        var life = OnJune11(Keeping).Tell(Ask.Chargeback(outcome: DisputeStatus.Lost));
        Assert.Equal((3000L, InvoiceStatus.Paid), (life.Invoice(1).ChargedBack, life.Invoice(1).Standing));

        Assert.Empty(OnJune11(Keeping).Tell(Ask.Chargeback(outcome: DisputeStatus.Won)).Happened);
    }

    /// <summary>
    /// Found by review: 2000 of June's money paid for the year; after the bank took it back, it was credited again as unused
    /// service.
    /// </summary>
    [Fact]
    public void Money_that_a_change_carried_on_is_not_paid_any_more()
    {
        var life = Keeping.At("2024-01-01T00:00").Subscribe().To("2024-06-11T00:00")
            .Tell(Ask.ChangePlan(Keeping.Other("yearly", 36_600, 1, IntervalUnit.Year).Terms()));
        life.Tell(Ask.Chargeback(invoice: 6)).Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((34_600L, 0L), (life.Invoice(7).Refunded, life.Invoices.Take(6).Sum(invoice => invoice.Refunded)));
    }
}
