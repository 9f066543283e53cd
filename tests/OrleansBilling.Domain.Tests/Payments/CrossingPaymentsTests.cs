using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Payments;

/// <summary>
/// Charges, refunds, chargebacks and cancellations that overlap: nobody loses money or gets it twice.
/// </summary>
public sealed class CrossingPaymentsTests
{
    private static Timeline Active(long amount = 3000) => Given.Monthly(amount).At("2024-06-01T10:00").Subscribe().Settle();

    [Fact]
    public void Two_refunds_of_one_invoice_never_share_a_key()
    {
        // The voucher of the first payment expires, another is issued, and then the customer pays the first one.
        var life = Given.Monthly(3000).At("2024-06-01T10:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Subscribe().To("2024-06-05T10:00").Tell(Ask.NewVoucher());
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Confirm(Bank.Paid, attempt: 1));
        life.Tell(Ask.Cancel());
        life.Tell(Ask.Confirm(Bank.Paid, attempt: 2));

        Assert.Equal([(1, 1), (2, 2)], life.State.Refunds.Select(refund => (refund.Attempt, refund.ChargeAttempt)));

        life.Tell(Ask.RefundOutcome(Bank.Paid, refund: 1)).Tell(Ask.RefundOutcome(Bank.Paid, refund: 2));
        Assert.Equal((0L, 0), (life.State.LifetimePaid, life.State.Refunds.Length));
    }

    [Fact]
    public void A_chargeback_waits_for_the_refund_that_is_in_flight()
    {
        var life = Active();
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Refund(1));
        Assert.Equal(Refusal.RefundInFlight, life.Refuses(Ask.Chargeback()));

        life.Tell(Ask.RefundOutcome(Bank.Soft));
        life.Tell(Ask.Chargeback());
        Assert.Equal((3000L, 0L), (life.All<SubscriptionEvent.ChargedBack>().Single().Amount, life.State.LifetimePaid));
    }

    [Fact]
    public void What_credit_paid_of_a_service_that_never_came_is_credit_again()
    {
        var life = Active();
        life.Tell(Ask.Refund(1, 1000, toCredit: true)).Tell(Ask.Cancel());
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Reactivate());
        Assert.Equal((2000L, 0L), (life.State.Charge!.Amount, life.State.Credit));

        life.Tell(Ask.Cancel()).Tell(Ask.Outcome(Bank.Paid, invoice: 2));
        Assert.Equal((2000L, 1000L), (life.State.Refunds.Single().Amount, life.State.Credit));
    }

    [Fact]
    public void A_refund_that_fails_after_the_service_was_settled_anew_frees_nothing_of_the_new_one()
    {
        var life = Active(6000);
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Refund(1, 2000));
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Quantity(2)).Settle();
        life.Tell(Ask.Refund(2, 1500)).Settle();
        Assert.Equal(1500, life.State.ServiceReturned);

        life.Tell(Ask.RefundOutcome(Bank.Soft));
        Assert.Equal(1500, life.State.ServiceReturned);
    }

    [Theory]
    [InlineData(CancellationRefund.Full)]
    [InlineData(CancellationRefund.Prorated)]
    public void Money_is_not_given_back_while_more_is_being_collected(CancellationRefund refund)
    {
        var life = Active();
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Quantity(2));
        Assert.Equal(Refusal.ChargeInFlight, life.Refuses(Ask.Cancel(refund)));

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 2));
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Cancel(CancellationRefund.Full)).Settle();
        Assert.Equal((SubscriptionStatus.Canceled, 0L), (life.Status, life.State.LifetimePaid));
    }

    [Fact]
    public void A_cancellation_that_was_due_already_is_not_undone()
    {
        var life = Active().Tell(Ask.CancelAtPeriodEnd());
        life.SleepTo("2024-07-20T00:00");
        Assert.Equal(Refusal.Ended(SubscriptionStatus.Canceled), life.Refuses(Ask.Uncancel()));
    }

    [Fact]
    public void Nor_by_accepting_an_offer_to_stay()
    {
        var half = new RetentionOffer("half", [], 0, new PriceReduction(50_000, null), 2, null, null);
        var life = Given.Monthly(3000).OfProduct(p => p with { Retention = new RetentionPolicy(1, 0, 0, [half]) }).At("2024-06-01T10:00")
            .Subscribe().Settle();
        life.Tell(Ask.Retention()).Tell(Ask.CancelAtPeriodEnd());
        life.SleepTo("2024-07-20T00:00");
        Assert.Equal(Refusal.Ended(SubscriptionStatus.Canceled), life.Refuses(Ask.AcceptRetention()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Usage_is_not_had_for_nothing_by_leaving_while_a_charge_is_in_flight(bool paid)
    {
        var meter = new Meter
        {
            Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(100),
        };
        var life = Given.Monthly(3000).OfOffer(o => o with { Meters = [meter] }).At("2024-06-01T10:00").Subscribe().Settle();
        life.Bank.AlwaysSays(Bank.Voucher);
        life.To("2024-07-01T11:00").Tell(Ask.Usage("u", "calls", 50)).Tell(Ask.Cancel());
        Assert.Equal((SubscriptionStatus.Canceled, 2), (life.Status, life.State.OpenInvoices.Length));

        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Confirm(paid ? Bank.Paid : Bank.Soft, invoice: 2)).Settle();
        Assert.Equal(paid ? 3000 + 3000 + 5000 : 3000 + 5000, life.State.LifetimePaid);
        Assert.Equal((InvoiceStatus.Paid, 0), (life.Invoice(3).Status, life.State.OpenInvoices.Length));
    }

    [Fact]
    public void A_voucher_that_the_provider_declined_in_its_own_words_may_be_followed_by_another()
    {
        var life = Given.Monthly(3000).At("2024-06-01T10:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Subscribe().Settle();
        life.Tell(Ask.Confirm(new PaymentOutcome.Declined("declined", false)));
        life.Tell(Ask.NewVoucher(), By.Customer);
        Assert.Equal(2, life.State.Charge!.Attempt);
    }

    [Fact]
    public void A_pause_that_was_asked_for_comes_before_the_change_at_the_last_boundary()
    {
        var given = Given.Monthly(3000).Recurrences(1);
        var life = given.At("2024-06-01T10:00").Subscribe().Settle();
        life.Tell(Ask.ChangePlan(given.Other("endless", 5000).OfPlan(p => p with { Recurrences = null }).Terms(), EffectiveAt.PeriodEnd));
        life.Tell(Ask.Pause(EffectiveAt.PeriodEnd));
        life.To("2024-07-10T00:00");
        Assert.Equal((SubscriptionStatus.Paused, 1), (life.Status, life.Invoices.Count));

        life.Tell(Ask.Resume()).Settle();
        Assert.Equal((SubscriptionStatus.Active, "endless", 5000L), (life.Status, life.State.OfferId, life.Invoice(2).Total));
    }

    [Fact]
    public void A_trial_converts_also_when_a_change_settles_the_first_invoice()
    {
        var given = Given.Yearly(12_000).Trial(7).OfPlan(p => p with { Installments = 12 });
        var life = given.At("2024-06-01T10:00").Subscribe().Settle().To("2024-06-09T00:00");
        life.Tell(Ask.ChangePlan(given.Other("monthly", 1000).OfPlan(p => p with { TrialDays = 0, Installments = 1 }).Terms())).Settle();
        Assert.Equal((1L, 1L), (life.Laws.Counters[StatisticMetric.TrialsEnded], life.Laws.Counters[StatisticMetric.TrialsConverted]));
    }

    [Fact]
    public void A_recovery_that_moves_the_billing_date_moves_the_recurrences_invoice()
    {
        var life = Given.Monthly(3000).MovingBillingDate().At("2024-06-01T10:00").Subscribe().Settle();
        life.Bank.Says(Bank.Soft);
        life.To("2024-07-01T11:00");
        life.Bank.AlwaysSays(Bank.Silence);
        life.Tell(Ask.Quantity(2));
        life.Bank.AlwaysSays(Bank.Paid);
        life.To("2024-07-05T00:00").Settle();
        var recurrence = life.Invoices.First(invoice => invoice.Period.Index == life.State.CurrentPeriod!.Index);
        Assert.Equal(life.State.CurrentPeriod, recurrence.Period);
    }
}
