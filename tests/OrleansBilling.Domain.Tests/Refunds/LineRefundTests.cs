namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>What a refund covers: the service first, usage if named, and with a cancellation only the service.</summary>
public sealed class LineRefundTests
{
    private static readonly Given Metered = Given.Monthly(1000).OfOffer(o => o with
    {
        Meters = [
            new Meter
            {
                Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                Price = new UnitPrice(100),
            }],
    });

    /// <summary>February's invoice: the fee of 1000, and 5 units of January at 100.</summary>
    private static Timeline InFebruary(Given? given = null) =>
        (given ?? Metered).At("2024-01-01T00:00").Subscribe().Tell(Ask.Usage("u", "calls", 5)).To("2024-02-11T00:00");

    [Fact]
    public void A_full_refund_gives_no_usage_of_earlier_periods_back()
    {
        var life = InFebruary();
        Assert.Equal("Recurrence 1000, Usage 500 = 1500", life.Bill(2));

        Assert.Equal(1000, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void Nor_a_prorated_one()
    {
        // 19 of 29 days are left.
        Assert.Equal(655, InFebruary().Tell(Ask.Cancel(CancellationRefund.Prorated)).Invoice(2).Refunded);
    }

    [Fact]
    public void Nor_a_stretch_before_the_period()
    {
        var life = Given.Monthly(3000).At("2024-05-01T00:00").Subscribe().Tell(Ask.BillingDate("2024-06-11T00:00")).To("2024-06-11T00:00");
        Assert.Equal("Recurrence 3000, ProrationCharge 1000 = 4000", life.Bill(2));

        Assert.Equal(3000, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void Added_tax_goes_with_what_it_was_added_to()
    {
        var life = InFebruary(Metered.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) }));
        Assert.Equal(1650, life.Invoice(2).Paid);

        Assert.Equal(1100, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void One_that_names_no_line_counts_against_the_service_first()
    {
        var life = InFebruary().Tell(Ask.Refund(2, 200));

        Assert.Equal(1000, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void One_that_names_usage_leaves_the_service_as_it_was()
    {
        var life = InFebruary().Tell(Ask.RefundLines(2, (2, 200)));
        Assert.Equal((0L, 1300L), (life.State.ServiceReturned, life.State.LifetimePaid - 1000));

        Assert.Equal(1200, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void Beyond_the_service_it_is_of_usage()
    {
        var life = InFebruary().Tell(Ask.Refund(2, 1300));

        Assert.Equal(1000, life.State.ServiceReturned);
        Assert.Equal([new LineRefund(2, 300)], life.All<SubscriptionEvent.RefundRequested>().Single().Lines.AsEnumerable());
        Assert.Equal("line_refund_too_large", life.Refuses(Ask.RefundLines(2, (2, 201))).Code);
        Assert.Equal(200, life.Tell(Ask.RefundLines(2, (2, 200))).All<SubscriptionEvent.RefundRequested>().Last().Amount);
        Assert.Equal("nothing_to_refund", life.Refuses(Ask.Refund(2)).Code);
    }

    [Theory]
    [InlineData(1, 1001, "line_refund_too_large")]
    [InlineData(2, 501, "line_refund_too_large")]
    [InlineData(2, 0, "line_refund_too_large")]
    [InlineData(0, 1, "unknown_line")]
    [InlineData(3, 1, "unknown_line")]
    public void A_line_gives_back_at_most_what_it_asked_for(int line, long amount, string code) =>
        Assert.Equal(
            (code, "lines"),
            (InFebruary().Refuses(Ask.RefundLines(2, (line, amount))).Code,
                InFebruary().Refuses(Ask.RefundLines(2, (line, amount))).Field));

    [Fact]
    public void A_line_is_named_once() => Assert.Equal("unknown_line", InFebruary().Refuses(Ask.RefundLines(2, (1, 1), (1, 1))).Code);

    [Fact]
    public void A_line_that_went_back_in_vain_may_be_asked_for_again()
    {
        var life = InFebruary();
        life.Bank.Says(Bank.Hard);

        life.Tell(Ask.RefundLines(2, (2, 500))).Tell(Ask.RefundLines(2, (2, 500)));
        Assert.Equal(500, life.Invoice(2).Refunded);
    }

    [Fact]
    public void A_discount_is_no_line_of_its_own_and_lowers_what_the_service_gives_back()
    {
        var half = new Coupon { Id = "half", SellerId = "seller", Reduction = new PriceReduction(50_000, null), Recurrences = null };
        var life = Metered.At("2024-01-01T00:00").Subscribe().Tell(Ask.Coupon(half)).Tell(Ask.Usage("u", "calls", 5))
            .To("2024-02-11T00:00");
        Assert.Equal("Recurrence 1000, Discount -500, Usage 500 = 1000", life.Bill(2));

        Assert.Equal("line_refund_too_large", life.Refuses(Ask.RefundLines(2, (2, 1))).Code);
        Assert.Equal("line_refund_too_large", life.Refuses(Ask.RefundLines(2, (1, 501))).Code);
        Assert.Equal(500, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(2).Refunded);
    }

    [Fact]
    public void What_credit_paid_for_is_credit_again()
    {
        var life = Given.Monthly(3000).At("2024-05-01T00:00").Subscribe().Tell(Ask.Refund(1, 3000, toCredit: true)).To("2024-06-11T00:00");
        Assert.Equal(("Recurrence 3000, CreditApplied -3000 = 0", 2), (life.Bill(2), life.State.PaidRecurrences));

        life.Tell(Ask.Cancel(CancellationRefund.Prorated));
        Assert.Equal((2000L, 3000L), (life.State.Credit, life.State.LifetimePaid));
        Assert.Equal(3, life.Tell(Ask.Reactivate()).State.CurrentPeriod!.Index);
    }
}
