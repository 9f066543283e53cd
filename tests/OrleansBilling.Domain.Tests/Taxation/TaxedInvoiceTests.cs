namespace OrleansBilling.Domain.Tests.Taxation;

/// <summary>Taxes on the invoices of a subscription, and what happens to them when money goes back or never comes.</summary>
public sealed class TaxedInvoiceTests
{
    private static readonly TaxRate[] Rates = [new("BR", "ISS", 5_000), new("BR", "PIS", 1_650), new(null, "VAT", 20_000)];

    private static Given Taxed(bool inclusive, long amount = 3000) =>
        Given.Monthly(amount).OfProduct(p => p with { Tax = new TaxPolicy(inclusive, [.. Rates]) });

    private static Timeline Of(Given given, string? country = "DE")
    {
        var life = given.At("2024-06-01T00:00");
        return life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with { Customer = new Customer("customer", null, country) });
    }

    /// <summary>Tax owed to the authorities.</summary>
    private static long Owed(Timeline life) =>
        -life.Events.SelectMany(e => Postings.Of(e)).Where(posting => posting.Account == Account.Tax).Sum(posting => posting.Amount);

    [Theory]
    [InlineData("DE", "Recurrence 3000, Tax 600 = 3600", 600)]
    [InlineData(null, "Recurrence 3000, Tax 600 = 3600", 600)]
    [InlineData("BR", "Recurrence 3000, Tax 150, Tax 50 = 3200", 200)]
    public void Added_they_are_lines_by_the_customers_country(string? country, string bill, long owed)
    {
        var life = Of(Taxed(false), country);

        Assert.Equal((bill, owed), (life.Bill(1), Owed(life)));
        Assert.Equal(owed, life.Invoice(1).Taxes.Sum(tax => tax.Amount));
    }

    [Fact]
    public void Contained_they_are_in_the_price()
    {
        var life = Of(Taxed(true));

        Assert.Equal(("Recurrence 3000 = 3000", 500L), (life.Bill(1), Owed(life)));
        Assert.Equal([new InvoiceTax("VAT", null, 20_000, true, 2500, 500)], life.Invoice(1).Taxes.AsEnumerable());
    }

    [Fact]
    public void Each_rate_is_rounded_once_for_all_lines_together()
    {
        var given = Taxed(false, 1).OfOffer(o => o with { AddOns = [new AddOn("a", "A", 1), new AddOn("b", "B", 1)] });
        var life = given.At("2024-06-01T00:00");
        life.Tell(
            ((SubscriptionCommand.Subscribe)life.Subscription()) with { AddOns = [new AddOnQuantity("a", 1), new AddOnQuantity("b", 1)] });

        // 20 % of 1, rounded three times, would be 0; of 3 it is 0.6.
        Assert.Equal("Recurrence 1, Addon 1, Addon 1, Tax 1 = 4", life.Bill(1));
    }

    [Fact]
    public void Discounts_come_before_and_credit_after_them()
    {
        var life = Of(Taxed(false)).Tell(Ask.Refund(1, 1000, toCredit: true));
        life.Tell(Ask.Coupon(new Coupon { Id = "C", SellerId = "seller", Reduction = new PriceReduction(50_000, null) }))
            .To("2024-07-01T00:00");

        Assert.Equal("Recurrence 3000, Discount -1500, Tax 300, CreditApplied -1000 = 800", life.Bill(2));
    }

    [Theory]
    [InlineData(false, "ProrationCredit -2000, ProrationCharge 1000, Tax -200 = -1200", 1200, 400)]
    [InlineData(true, "ProrationCredit -2000, ProrationCharge 1000 = -1000", 1000, 333)]
    public void A_negative_invoice_takes_its_tax_back(bool inclusive, string bill, long credit, long owed)
    {
        var given = Taxed(inclusive);
        var life = Of(given).To("2024-06-11T00:00").Tell(Ask.ChangePlan(given.OfOffer(o => o with { Id = "new", Amount = 1500 }).Terms()));

        Assert.Equal((bill, credit, owed), (life.Bill(2), life.State.Credit, Owed(life)));
    }

    [Theory]
    [InlineData(false, "600 400 200 0")]
    [InlineData(true, "500 333 167 0")]
    public void Refunds_reverse_it_step_by_step_to_nothing(bool inclusive, string owed)
    {
        var life = Of(Taxed(inclusive));
        var third = life.State.LifetimePaid / 3;
        List<long> seen = [Owed(life)];
        foreach (var amount in new long?[] { third, third, null }) seen.Add(Owed(life.Tell(Ask.Refund(1, amount))));

        Assert.Equal(owed, string.Join(' ', seen));
    }

    [Fact]
    public void A_refund_that_fails_takes_none_of_it_back_and_the_next_all()
    {
        var life = Of(Taxed(false, 1111));
        life.Bank.Says(Bank.Silence, Bank.Paid);
        life.Tell(Ask.Refund(1, 667)).Tell(Ask.Refund(1)).Tell(Ask.RefundOutcome(Bank.Hard, refund: 1), Caller.System);

        Assert.Equal(0, Owed(life.Tell(Ask.Refund(1))));
    }

    [Fact]
    public void Money_that_becomes_credit_takes_it_back_and_the_invoice_that_it_pays_owes_it_anew()
    {
        var life = Of(Taxed(false)).Tell(Ask.Refund(1, 1800, toCredit: true));
        Assert.Equal(300, Owed(life));

        Assert.Equal(900, Owed(life.To("2024-07-01T00:00")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Taken_back_or_written_off_an_invoice_owes_none(bool voluntary)
    {
        var life = Of(Taxed(false).Retries(0, 30).OnExhausted(voluntary ? ExhaustedAction.LeavePastDue : ExhaustedAction.Cancel));
        life.Bank.Says(Bank.Soft);
        life.To("2024-07-01T00:00");
        if (voluntary) life.Tell(Ask.Cancel());

        Assert.Equal((SubscriptionStatus.Canceled, 600L), (life.Status, Owed(life)));
    }

    [Fact]
    public void Of_a_year_in_parts_the_unpaid_ones_owe_none_after_the_end()
    {
        var given = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 })
            .OfProduct(p => p with { Tax = new TaxPolicy(false, [.. Rates]) });
        var life = Of(given).To("2024-07-02T00:00").Tell(Ask.Cancel());

        Assert.Equal((2400L, 400L), (life.State.LifetimePaid, Owed(life)));
    }

    [Fact]
    public void Chargebacks_leave_it_owed_for_the_seller_to_settle()
    {
        var life = Of(Taxed(false)).Tell(Ask.Chargeback());

        Assert.Equal(600, Owed(life));
    }
}
