namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>
/// What is left of a taxed service after its money went back. An invoice rounds each rate separately, so its net amount cannot
/// be found by dividing by all rates together.
/// </summary>
public sealed class TaxedRestTests
{
    private static readonly TaxPolicy Added = new(false, [new TaxRate(null, "GST", 5_000), new TaxRate(null, "QST", 9_975)]);

    /// <summary>2909 and taxes of 145 (145.45) and 290 (290.17) are 3344. Divided by 1.14975 they would be 2908.</summary>
    private static Given Taxed(long amount = 2909) => Given.Monthly(amount).OfProduct(p => p with { Tax = Added });

    private static Timeline Returned(bool toCredit) =>
        Taxed().At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, toCredit: toCredit));

    /// <summary>Found by a random life: the minor unit was credited that the division had missed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_went_back_whole_leaves_nothing_to_a_shorter_period(bool toCredit)
    {
        var life = Returned(toCredit).Tell(Ask.BillingDate("2024-06-11T00:00"));

        Assert.Equal((3344L, 0L), (life.Invoice(1).Refunded, Assert.Single(life.State.WaitingLines).Amount));
    }

    [Theory]
    [InlineData(false, "ProrationCredit 0, ProrationCharge 5818, Tax 291, Tax 580 = 6689")]
    [InlineData(true, "ProrationCredit 0, ProrationCharge 5818, Tax 291, Tax 580, CreditApplied -3344 = 3345")]
    public void Nor_to_a_change_of_plan(bool toCredit, string bill) =>
        Assert.Equal(bill, Returned(toCredit).Tell(Ask.Quantity(2)).Bill(2));

    [Fact]
    public void Nor_if_it_went_back_step_by_step()
    {
        var life = Taxed().At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, 1111)).Tell(Ask.Refund(1, 1111, toCredit: true))
            .Tell(Ask.Refund(1)).Tell(Ask.BillingDate("2024-06-11T00:00"));

        Assert.Equal(0, Assert.Single(life.State.WaitingLines).Amount);
    }

    [Fact]
    public void Nor_to_a_change_after_a_pause()
    {
        var life = Returned(toCredit: false).Tell(Ask.Pause()).To("2024-06-11T00:00").Tell(Ask.Resume()).Tell(Ask.Quantity(2));

        Assert.Equal("ProrationCredit 0, ProrationCharge 5818, Tax 291, Tax 580 = 6689", life.Bill(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nor_to_a_cancellation_with_a_prorated_refund(bool toCredit)
    {
        var life = Taxed().At("2024-06-01T00:00").Subscribe().To("2024-07-01T00:00").Tell(Ask.Refund(2, toCredit: toCredit))
            .Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal(3344, life.State.LifetimePaid - life.State.Credit);
    }

    [Fact]
    public void Nor_does_a_part_of_a_year()
    {
        for (var amount = 12; amount < 1200; amount += 21)
        {
            var life = Given.Yearly(amount).OfPlan(p => p with { Installments = 12 }).OfProduct(p => p with { Tax = Added })
                .At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1)).Tell(Ask.Quantity(2));

            Assert.Equal((amount, 0L), (amount, life.Invoice(2).Lines[0].Amount));
        }
    }

    [Fact]
    public void After_a_partial_refund_the_rest_and_its_taxes_fit_into_the_money_that_is_left()
    {
        for (var amount = 2; amount < 62; amount++)
        {
            var paid = Taxes.GrossOf(Added, null, amount);
            foreach (var refund in new[] { 1, paid / 3, paid / 2, paid - 1 }.Where(refund => refund > 0).Distinct())
            {
                var life = Taxed(amount).At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, refund))
                    .Tell(Ask.BillingDate("2024-06-01T00:01"));

                var rest = -Assert.Single(life.State.WaitingLines).Amount;
                Assert.InRange(Taxes.GrossOf(Added, null, rest), 0, paid - refund);
            }
        }
    }
}
