namespace OrleansBilling.Domain.Tests.Refunds;

/// <summary>Cancellation with a refund after more happened in the period than one payment.</summary>
public sealed class FullRefundTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static Timeline Changed(long amount) => Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00")
        .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "new", Amount = amount }).Terms())).To("2024-06-21T00:00");

    [Theory]
    [InlineData(CancellationRefund.Full, "3000 2000")]
    [InlineData(CancellationRefund.Prorated, "0 2000")]
    public void After_an_upgrade_all_that_the_period_collected_or_what_is_unused_the_newest_first(
        CancellationRefund refund, string refunded)
    {
        var life = Changed(6000).Tell(Ask.Cancel(refund));

        Assert.Equal(refunded, string.Join(' ', life.Invoices.Select(invoice => invoice.Refunded)));
    }

    [Theory]
    [InlineData(CancellationRefund.Full, 2000)]
    [InlineData(CancellationRefund.Prorated, 500)]
    public void After_a_downgrade_what_became_credit_stays_credit(CancellationRefund refund, long refunded)
    {
        var life = Changed(1500).Tell(Ask.Cancel(refund));

        Assert.Equal((1000L, refunded), (life.State.Credit, life.Invoice(1).Refunded));
    }

    [Fact]
    public void Also_where_older_money_is_there_that_could_have_paid_for_both()
    {
        var changed = Monthly.At("2024-05-01T00:00").Subscribe().To("2024-06-11T00:00")
            .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "new", Amount = 1500 }).Terms()))
                .Tell(Ask.Cancel(CancellationRefund.Full));
        Assert.Equal((1000L, 2000L), (changed.State.Credit, changed.Invoice(2).Refunded));

        var shortened = Monthly.At("2024-05-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.BillingDate("2024-06-21T00:00"))
            .Tell(Ask.Cancel(CancellationRefund.Full));
        Assert.Equal((1000L, 2000L), (shortened.State.Credit, shortened.Invoice(2).Refunded));
    }

    [Fact]
    public void Credit_that_was_spent_since_is_given_back_as_money()
    {
        var life = Changed(1500).Tell(Ask.Quantity(2)).Tell(Ask.Cancel(CancellationRefund.Full));

        Assert.Equal((500L, 500L), (life.State.Credit, life.State.LifetimePaid));
    }

    [Fact]
    public void What_was_refunded_before_is_not_refunded_again()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, 2500)).To("2024-06-11T00:00");

        Assert.Equal(3000, life.Tell(Ask.Cancel(CancellationRefund.Full)).Invoice(1).Refunded);
        Assert.Equal(0, life.State.LifetimePaid);
    }

    [Fact]
    public void Prorated_it_is_the_unused_share_of_what_was_kept()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, 1500)).To("2024-06-11T00:00")
            .Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal(2500, life.Invoice(1).Refunded);
    }

    [Fact]
    public void Tax_goes_back_with_it()
    {
        var taxed = Monthly.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) });
        var life = taxed.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Cancel(CancellationRefund.Prorated));

        Assert.Equal((2200L, 200L), (life.Invoice(1).Refunded, Assert.Single(life.All<SubscriptionEvent.RefundRequested>()).Tax));
    }

    [Fact]
    public void Canceled_while_the_first_charge_of_a_new_term_is_in_flight_that_money_goes_back()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Cancel()).To("2024-08-01T00:00");
        life.Bank.Says(Bank.Silence);
        life.Tell(Ask.Reactivate()).Tell(Ask.Cancel());

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System);

        Assert.Equal(["ChargeSucceeded", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal(3000, life.State.LifetimePaid);
    }

    [Fact]
    public void A_renewal_in_flight_at_the_cancellation_was_served_and_is_kept()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        life.To("2024-07-01T00:00").Tell(Ask.Cancel()).Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System);

        Assert.Equal(6000, life.State.LifetimePaid);
    }
}
