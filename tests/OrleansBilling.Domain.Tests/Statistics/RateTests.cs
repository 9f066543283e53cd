using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>The counters behind conversion, recovery and renewal rates, retention by variant and chargebacks.</summary>
public sealed class RateTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static string Trials(Timeline life, Action<Timeline> step) =>
        Counted.By(life, step, metric => metric is TrialsEnded or TrialsConverted);

    private static string Debts(Timeline life, Action<Timeline> step) => Counted.By(life, step, metric => metric is Overdue or Recovered);

    private static string Renewals(Timeline life, Action<Timeline> step) =>
        Counted.By(life, step, metric => metric is RenewalsDue or RenewalsPaid);

    private static string Retention(Timeline life, Action<Timeline> step) =>
        Counted.By(life, step, metric => metric is RetentionAssigned or RetentionAccepted or RetentionLost);

    [Fact]
    public void A_trial_that_is_paid_converts_however_late_the_money_comes()
    {
        var life = Monthly.Trial(14).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal("TrialsEnded+1", Trials(life, l => l.To("2024-06-15T00:00")));
        Assert.Equal("TrialsConverted+1", Trials(life, l => l.To("2024-06-16T00:00")));
        Assert.Equal("", Trials(life, l => l.To("2024-07-15T00:00")));
    }

    [Fact]
    public void A_trial_that_is_left_or_runs_into_nothing_only_ends()
    {
        Assert.Equal("TrialsEnded+1", Trials(Monthly.Trial(14).At("2024-06-01T00:00").Subscribe(), l => l.Tell(Ask.Cancel())));
        Assert.Equal(
            "TrialsEnded+1", Trials(Monthly.Trial(14).At("2024-06-01T00:00").SubscribeWithoutMethod(), l => l.To("2024-06-15T00:00")));
        Assert.Equal("TrialsEnded+1", Trials(
            Monthly.Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.Pause).At("2024-06-01T00:00").SubscribeWithoutMethod(), l =>
                l.To("2024-06-15T00:00")));
    }

    [Fact]
    public void Who_left_the_trial_and_comes_back_did_not_convert()
    {
        var life = Monthly.Trial(14).At("2024-06-01T00:00").Subscribe().Tell(Ask.Cancel()).Tell(Ask.Reactivate());

        Assert.Equal("", Trials(life, l => l.Tell(Ask.Cancel()).Tell(Ask.Reactivate())));
        Assert.Equal(0, life.Laws.Counters[TrialsConverted]);
    }

    [Fact]
    public void Without_a_trial_nothing_converts() => Assert.Equal("", Trials(Monthly.At("2024-06-01T00:00"), l => l.Subscribe()));

    [Fact]
    public void An_invoice_falls_overdue_once_and_recovers_once()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Soft);

        Assert.Equal("Overdue+1", Debts(life, l => l.To("2024-07-05T00:00")));
        Assert.Equal("Recovered+1", Debts(life, l => l.To("2024-07-10T00:00")));
    }

    [Fact]
    public void Without_a_usable_method_it_is_overdue_from_the_start()
    {
        var life = Monthly.Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.PastDue).At("2024-06-01T00:00").SubscribeWithoutMethod();

        Assert.Equal("Overdue+1", Debts(life, l => l.To("2024-06-15T00:00")));
        Assert.Equal("Recovered+1", Debts(life, l => l.Tell(Ask.ChangeMethod("tok_b"))));
    }

    [Fact]
    public void Each_part_of_a_year_may_fall_overdue_and_recover()
    {
        var life = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 }).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        Assert.Equal("Overdue+1 Recovered+1", Debts(life, l => l.To("2024-03-15T00:00")));

        life.Bank.Says(Bank.Soft);
        Assert.Equal("Overdue+1 Recovered+1", Debts(life, l => l.To("2024-04-15T00:00")));
    }

    [Fact]
    public void A_change_that_is_declined_is_a_debt_but_no_renewal()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal(
            "Overdue+1",
            Counted.By(life, l => l.Tell(Ask.Quantity(2)), metric => metric is Overdue or Recovered or RenewalsDue or RenewalsPaid));
        Assert.Equal(
            "Recovered+1",
            Counted.By(life, l => l.To("2024-06-02T00:00"), metric => metric is Overdue or Recovered or RenewalsDue or RenewalsPaid));
    }

    [Fact]
    public void Renewals_are_the_periods_after_a_terms_first_that_cost_something()
    {
        var life = Monthly.At("2024-06-01T00:00");

        Assert.Equal("", Renewals(life, l => l.Subscribe()));
        Assert.Equal("RenewalsDue+1 RenewalsPaid+1", Renewals(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("", Renewals(life, l => l.Tell(Ask.Give(1)).To("2024-08-01T00:00")));
        Assert.Equal("", Renewals(life, l => l.Tell(Ask.Cancel()).To("2024-09-01T00:00").Tell(Ask.Reactivate())));
        Assert.Equal("RenewalsDue+1 RenewalsPaid+1", Renewals(life, l => l.To("2024-10-01T00:00")));
    }

    [Fact]
    public void Another_interval_begins_a_term_that_is_no_renewal()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-30T23:59");

        Assert.Equal("", Renewals(life, l => l.Tell(Ask.ChangePlan(Monthly.Other("weekly", 700, 1, IntervalUnit.Week).Terms()))));
        Assert.Equal("RenewalsDue+1 RenewalsPaid+1", Renewals(life, l => l.To("2024-07-07T23:59")));
    }

    [Fact]
    public void A_renewal_in_parts_is_paid_with_the_last_or_with_what_a_change_leaves_of_it()
    {
        var given = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 });
        var life = given.At("2024-01-31T10:00").Subscribe();

        Assert.Equal("RenewalsDue+1", Renewals(life, l => l.To("2025-11-30T00:00")));
        Assert.Equal("RenewalsPaid+1", Renewals(life, l => l.To("2025-12-31T10:00")));

        life.To("2026-03-01T00:00");
        Assert.Equal(
            "RenewalsPaid+1",
            Renewals(life, l => l.Tell(Ask.ChangePlan(given.Other("monthly", 1000).OfPlan(p => p with { Installments = 1 }).Terms()))));
    }

    private static Given Offering => Monthly.OfProduct(p => p with
    {
        Retention = new RetentionPolicy(
            7, 0, 0, [
                new RetentionOffer("half", ["dear"], 0, new PriceReduction(50_000, null), 1, null, null),
                new RetentionOffer("rest", [], 0, null, null, 30, null)]),
    });

    [Fact]
    public void Retention_is_counted_by_variant()
    {
        var life = Offering.At("2024-06-01T00:00").Subscribe();

        Assert.Equal("RetentionAssigned(1)+1", Retention(life, l => l.Tell(Ask.Retention("dear"))));
        Assert.Equal("", Retention(life, l => l.Tell(Ask.Retention("dear"))));
        Assert.Equal("RetentionAccepted(1)+1", Retention(life, l => l.Tell(Ask.AcceptRetention())));
        Assert.Equal("", Retention(life, l => l.Tell(Ask.Cancel())));
    }

    [Fact]
    public void Who_asks_for_another_reason_is_assigned_once_and_lost_once()
    {
        var life = Offering.At("2024-06-01T00:00").Subscribe().Tell(Ask.Retention("dear"));

        Assert.Equal("RetentionAssigned(1)-1 RetentionAssigned(2)+1", Retention(life, l => l.Tell(Ask.Retention("moved"))));
        Assert.Equal("RetentionLost(2)+1", Retention(life, l => l.Tell(Ask.Cancel(), By.Customer)));
    }

    [Fact]
    public void The_control_group_is_counted_as_variant_0_and_who_did_not_pay_is_not_lost_to_it()
    {
        var control = Offering.OfProduct(p => p with { Retention = p.Retention! with { ControlPercent = 100 } }).Retries(0);
        var left = control.At("2024-06-01T00:00").Subscribe();
        Assert.Equal(
            "RetentionAssigned(0)+1 RetentionLost(0)+1",
            Retention(left, l => l.Tell(Ask.Retention()).Tell(Ask.CancelAtPeriodEnd()).To("2024-07-01T00:00")));

        var unpaid = control.At("2024-06-01T00:00").Subscribe().Tell(Ask.Retention());
        unpaid.Bank.Says(Bank.Soft);
        Assert.Equal("", Retention(unpaid, l => l.To("2024-07-01T00:00")));
    }

    [Fact]
    public void Chargebacks_and_their_money_and_what_the_canceled_are_worth_without_it()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Refund(1, 1000));

        Assert.Equal(
            "Cancellations(System)+1 Chargebacks+1 ChargedBack+2000",
            Counted.By(
                life, l => l.Tell(Ask.Chargeback()), metric => metric is Chargebacks or ChargedBack or Cancellations or CanceledCollected));

        var later = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.Cancel()).To("2024-08-01T00:00");
        Assert.Equal(
            "CanceledCollected(Administrator)-3000 Chargebacks+1 ChargedBack+3000",
            Counted.By(
                later, l =>
                    l.Tell(Ask.Chargeback()), metric => metric is Chargebacks or ChargedBack or Cancellations or CanceledCollected));
        Assert.Equal(
            [19_875, 19_936],
            Counted.Deltas(later).Where(delta => delta.Metric is CanceledCollected or Chargebacks && delta.Value != 3000)
                .Select(delta => delta.Day).Order());
    }
}
