namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>
/// What is left of a taxed service whose money came over several invoices. Each invoice rounds each tax, so together they can
/// collect a minor unit more or less than one invoice for the whole service.
/// </summary>
public sealed class SeveralInvoicesRestTests
{
    private const string Start = "2024-06-01T00:00";

    private static readonly string[] Currencies = ["BRL", "JPY"];

    private static TaxPolicy Added(params int[] milliPercents) =>
        new(false, [.. milliPercents.Select((rate, n) => new TaxRate(null, $"Tax {n + 1}", rate))]);

    public static TheoryData<TaxPolicy> Rates =>
    [
        Added(5_000), Added(10_000), Added(19_000), Added(5_000, 9_975), Added(7_000, 1_000), Added(1_650, 7_600, 5_000), Added(100_000),
        new TaxPolicy(true, [new TaxRate(null, "VAT", 19_000)]),
    ];

    private static Given Taxed(long amount, TaxPolicy tax, string currency = "BRL") =>
        Given.Monthly(amount, currency).OfProduct(p => p with { Tax = tax, OnChargeback = ChargebackAction.Keep });

    private static Timeline Begin(Given given) => new(given.Terms(), When.Utc(Start)) { Thorough = false };

    /// <summary>The second invoice costs the same again, for the same time.</summary>
    private static Timeline Doubled(long amount, TaxPolicy tax, string currency = "BRL") =>
        Begin(Taxed(amount, tax, currency)).Subscribe().Tell(Ask.Quantity(2));

    private static long Money(Timeline life) => life.Invoices.Sum(invoice => invoice.Total);

    private static long CreditedBy(InvoiceLine line) => -line.Amount;

    /// <summary>Each of two invoices for 10 has a tax of 1 (0.5). One invoice for 20 would have a tax of 1, too.</summary>
    [Fact]
    public void For_example()
    {
        var life = Doubled(10, Added(5_000));
        Assert.Equal((11L, 11L), (life.Invoice(1).Total, life.Invoice(2).Total));
        Assert.Equal((20L, 22L), (life.State.ServiceValue, life.State.ServiceMoney));

        life.Tell(Ask.Refund(1)).Tell(Ask.Refund(2, 10)).Tell(Ask.Quantity(3));

        Assert.Equal("ProrationCredit -1, ProrationCharge 30, Tax 1 = 30", life.Bill(3));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void What_went_back_whole_leaves_nothing_to_a_change_of_plan(TaxPolicy tax)
    {
        foreach (var currency in Currencies)
        {
            for (var amount = 1; amount <= 2000; amount += currency == "BRL" ? 1 : 17)
            {
                var life = Doubled(amount, tax, currency).Tell(Ask.Refund(1, toCredit: amount % 2 == 0)).Tell(Ask.Refund(2))
                    .Tell(Ask.Quantity(3));

                Assert.Equal((amount, 0L), (amount, CreditedBy(life.Invoice(3).Lines[0])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Nor_to_a_shorter_period(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 2000; amount += amount < 100 ? 1 : 7)
        {
            var life = Doubled(amount, tax).Tell(Ask.Refund(2)).Tell(Ask.Refund(1)).Tell(Ask.BillingDate("2024-06-11T00:00"));

            Assert.Equal((amount, 0L), (amount, CreditedBy(Assert.Single(life.State.WaitingLines))));
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Nor_after_a_third_change_that_costs_less(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 600; amount += 2)
        {
            var life = Begin(Taxed(amount, tax)).Subscribe().Tell(Ask.Quantity(5)).Tell(Ask.Quantity(3)).Tell(Ask.Refund(1))
                .Tell(Ask.Refund(2)).Tell(Ask.BillingDate("2024-06-11T00:00"));

            // What the third invoice made credit came from the first two, so it stays behind.
            var left = life.State.LifetimePaid - life.State.Credit;
            Assert.Equal((amount, 0L), (amount, left));
            Assert.Equal((amount, 0L), (amount, CreditedBy(Assert.Single(life.State.WaitingLines))));
        }
    }

    /// <summary>The rest of a partial refund is the most that fits, with its taxes, into the money of both invoices.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void No_minor_unit_is_lost_or_credited_twice_after_a_partial_refund(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 2000; amount += amount < 60 ? 1 : 37)
        {
            var second = Doubled(amount, tax).Invoice(2).Total;
            foreach (var refund in new[] { 1, second / 3, second - 1 }.Where(refund => refund > 0).Distinct())
            {
                var life = Doubled(amount, tax).Tell(Ask.Refund(1)).Tell(Ask.Refund(2, refund));
                var left = Money(life) - life.Invoice(1).Total - refund;
                var rest = CreditedBy(life.Tell(Ask.Quantity(3)).Invoice(3).Lines[0]);

                Assert.Equal((amount, refund, Math.Min(2 * amount, Taxes.NetOf(tax, null, left))), (amount, refund, rest));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void If_nothing_went_back_the_whole_service_is_credited(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 300; amount++)
            Assert.Equal((amount, 2L * amount), (amount, CreditedBy(Doubled(amount, tax).Tell(Ask.Quantity(3)).Invoice(3).Lines[0])));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_cancellation_at_once_returns_what_both_invoices_collected(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 2000; amount += amount < 100 ? 1 : 13)
        {
            var life = Doubled(amount, tax).Tell(Ask.Cancel(CancellationRefund.Prorated));

            Assert.Equal((amount, 0L, 0L), (amount, life.State.LifetimePaid, life.State.Credit));
        }
    }

    /// <summary>The period ends earlier, which the change credits, before all money goes back.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void Nothing_is_left_of_a_period_that_was_shortened_and_changed(TaxPolicy tax)
    {
        foreach (var end in new[] { "2024-06-02T00:00", "2024-06-16T00:00", "2024-06-29T00:00" })
        {
            for (var amount = 1; amount <= 300; amount += 2)
            {
                var life = Doubled(amount, tax).Tell(Ask.BillingDate(end)).Tell(Ask.Quantity(90))
                    .Tell(Ask.Refund(1)).Tell(Ask.Refund(2)).Tell(Ask.Refund(3)).Tell(Ask.Quantity(91));

                Assert.Equal((end, amount, 0L), (end, amount, CreditedBy(life.Invoice(4).Lines[0])));
            }
        }
    }

    /// <summary>The month's money pays for a part of the year. Then the bank takes it back, and the year's own is refunded.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void Nothing_is_left_of_money_that_was_carried_into_another_interval(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 2000; amount += amount < 100 ? 1 : 13)
        {
            var year = Taxed(amount, tax).Other("year", 11 * amount, unit: IntervalUnit.Year).Terms();
            var life = Begin(Taxed(amount, tax)).Subscribe().Tell(Ask.ChangePlan(year)).Tell(Ask.Chargeback()).Tell(Ask.Refund(2))
                .Tell(Ask.Quantity(2));

            Assert.Equal((amount, 0L), (amount, CreditedBy(life.Invoice(3).Lines[0])));
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_cancellation_returns_that_money_too(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 2000; amount += amount < 100 ? 1 : 13)
        {
            var year = Taxed(amount, tax).Other("year", 11 * amount, unit: IntervalUnit.Year).Terms();
            var life = Begin(Taxed(amount, tax)).Subscribe().Tell(Ask.ChangePlan(year)).Tell(Ask.Cancel(CancellationRefund.Prorated));

            Assert.Equal((amount, 0L, 0L), (amount, life.State.LifetimePaid, life.State.Credit));
        }
    }

    /// <summary>The renewal bills usage too, so the service's share of its tax is not the tax that the service alone would have.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void Nor_is_anything_left_of_a_service_that_was_billed_with_usage(TaxPolicy tax)
    {
        var meter = new Meter
        {
            Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(1),
        };
        for (var amount = 1; amount <= 300; amount++)
        {
            var life = Begin(Taxed(amount, tax).OfOffer(o => o with { Meters = [meter] })).Subscribe()
                .Tell(Ask.Usage("u", "calls", 18)).To("2024-07-01T00:00").Tell(Ask.Refund(2)).Tell(Ask.Quantity(2));

            Assert.Equal((amount, 0L), (amount, CreditedBy(life.Invoice(3).Lines[0])));
        }
    }

    /// <summary>
    /// Half a month is carried into a year that costs less, and usage takes up the rest: the invoice is for nearly nothing, and so is
    /// its tax. The money behind the year is its price with tax, as if there were no usage.
    /// </summary>
    [Theory]
    [InlineData(-3)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Usage_that_takes_up_the_rest_leaves_the_money_of_the_service_alone(int billed)
    {
        var meter = new Meter
        {
            Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(1),
        };
        var given = Taxed(10_000, Added(19_000)).OfOffer(o => o with { Meters = [meter] });
        var year = given.Other("year", 3_000, unit: IntervalUnit.Year).Terms();
        var life = Begin(given).Subscribe().Tell(Ask.Usage("u", "calls", 2_000 + billed)).To("2024-06-16T00:00")
            .Tell(Ask.ChangePlan(year));
        var lines = life.Invoices[^1].Lines;
        Assert.Equal(
            [(InvoiceLineType.Recurrence, 3_000L), (InvoiceLineType.ProrationCredit, -5_000L), (InvoiceLineType.Usage, 2_000L + billed)],
            lines.Where(line => line.Type is not (InvoiceLineType.Tax or InvoiceLineType.CreditApplied))
                .Select(line => (line.Type, line.Amount)));
        Assert.Equal(3_570L, life.State.ServiceMoney);

        var (paid, credit) = (life.State.LifetimePaid, life.State.Credit);
        life.Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((3_570L, credit), (paid - life.State.LifetimePaid, life.State.Credit));
    }

    /// <summary>The third invoice is never paid, so the change to it is voided and both paid invoices count again.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void Nor_after_an_unpaid_change_between(TaxPolicy tax)
    {
        for (var amount = 1; amount <= 600; amount += 2)
        {
            var life = Doubled(amount, tax);
            life.Bank.Says(Bank.Soft);
            life.Tell(Ask.Quantity(3)).Tell(Ask.Refund(1)).Tell(Ask.Refund(2)).Tell(Ask.Quantity(4));

            Assert.Equal((amount, 0L), (amount, CreditedBy(life.Invoice(4).Lines[0])));
        }
    }

    /// <summary>A state that an older program stored. Its change counts the money from then on.</summary>
    [Fact]
    public void Where_the_money_was_not_counted_yet_it_is_the_value_with_its_taxes()
    {
        var life = Begin(Taxed(2909, Added(5_000, 9_975))).Subscribe().Tell(Ask.Refund(1, 3343));
        var old = life.State with { ServiceMoney = null };

        var decision = SubscriptionDecider.Decide(
            old, Ask.Quantity(2), new DecisionContext(life.Now, life.Terms, By.Administrator) { Invoices = life.Invoices });

        var issued = decision.Steps.Select(step => step.Event).OfType<SubscriptionEvent.InvoiceIssued>().Single();
        Assert.Equal("ProrationCredit -1, ProrationCharge 5818, Tax 291, Tax 580 = 6688", Bills.Text(issued.Invoice));
        Assert.Equal((5818L, 6689L), (decision.State!.ServiceValue, decision.State.ServiceMoney));
    }
}
