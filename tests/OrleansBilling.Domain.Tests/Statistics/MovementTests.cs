using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>How monthly recurring revenue moves: each movement by name, and their sum equals the gauge.</summary>
public sealed class MovementTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static string Step(Timeline life, Action<Timeline> step) =>
        Counted.By(life, step, metric => metric is MonthlyRecurringRevenue or (>= RevenueNew and <= RevenueCompleted));

    private static Timeline Active(Given? given = null) => (given ?? Monthly).At("2024-06-01T00:00").Subscribe();

    [Fact]
    public void Signing_up_is_new_and_leaving_is_churn()
    {
        var life = Monthly.At("2024-06-01T00:00");

        Assert.Equal("MonthlyRecurringRevenue+3000 RevenueNew+3000", Step(life, l => l.Subscribe()));
        Assert.Equal("MonthlyRecurringRevenue-3000 RevenueChurn-3000", Step(life, l => l.Tell(Ask.Cancel())));
        Assert.Equal(
            "MonthlyRecurringRevenue+3000 RevenueReactivation+3000", Step(life, l => l.To("2024-08-01T00:00").Tell(Ask.Reactivate())));
    }

    [Fact]
    public void A_trial_is_none_until_it_ends()
    {
        var life = Monthly.Trial(14).At("2024-06-01T00:00");

        Assert.Equal("", Step(life, l => l.Subscribe()));
        Assert.Equal("", Step(life, l => l.Tell(Ask.Quantity(3))));
        Assert.Equal("MonthlyRecurringRevenue+9000 RevenueNew+9000", Step(life, l => l.To("2024-06-15T00:00")));
    }

    [Theory]
    [InlineData(2, "MonthlyRecurringRevenue+3000 RevenueExpansion+3000")]
    [InlineData(5, "MonthlyRecurringRevenue+12000 RevenueExpansion+12000")]
    public void More_seats_are_expansion_and_fewer_contraction(int quantity, string expected)
    {
        var life = Active();

        Assert.Equal(expected, Step(life, l => l.Tell(Ask.Quantity(quantity))));
        Assert.Equal(
            expected.Replace('+', '-').Replace("Expansion", "Contraction", StringComparison.Ordinal),
            Step(life, l => l.Tell(Ask.Quantity(1))));
    }

    [Fact]
    public void Add_ons_are_part_of_it_and_what_a_gift_takes_off_is_not_while_it_lasts()
    {
        var life = Active(Monthly.OfOffer(o => o with { AddOns = [new AddOn("a", "A", 500)] }));

        Assert.Equal("MonthlyRecurringRevenue+1000 RevenueExpansion+1000", Step(life, l => l.Tell(Ask.AddOns(("a", 2)))));
        Assert.Equal("", Step(life, l => l.Tell(Ask.Give(1))));
        Assert.Equal("MonthlyRecurringRevenue-4000 RevenueContraction-4000", Step(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("MonthlyRecurringRevenue+4000 RevenueExpansion+4000", Step(life, l => l.To("2024-08-01T00:00")));
    }

    [Fact]
    public void A_change_for_later_moves_it_when_it_happens()
    {
        var life = Active();

        Assert.Equal("", Step(life, l => l.Tell(Ask.Quantity(2, EffectiveAt.PeriodEnd))));
        Assert.Equal("MonthlyRecurringRevenue+3000 RevenueExpansion+3000", Step(life, l => l.To("2024-07-01T00:00")));
    }

    [Fact]
    public void To_a_year_that_costs_less_a_month_is_contraction()
    {
        var life = Active();

        Assert.Equal(
            "MonthlyRecurringRevenue-500 RevenueContraction-500",
            Step(life, l => l.Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms()))));
    }

    [Fact]
    public void A_pause_takes_it_away_and_its_end_brings_it_back()
    {
        var life = Active();

        Assert.Equal("MonthlyRecurringRevenue-3000 RevenuePaused-3000", Step(life, l => l.Tell(Ask.Pause())));
        Assert.Equal("MonthlyRecurringRevenue+3000 RevenueResumed+3000", Step(life, l => l.To("2024-08-01T00:00").Tell(Ask.Resume())));
    }

    [Fact]
    public void Left_in_a_pause_it_was_gone_already()
    {
        var life = Active().Tell(Ask.Pause());

        Assert.Equal("", Step(life, l => l.Tell(Ask.Cancel())));
    }

    [Fact]
    public void Past_due_it_stays_and_given_up_it_is_churn()
    {
        var life = Active(Monthly.Retries(1, 30, 5));
        life.Bank.Says(Bank.Soft, Bank.Soft);

        Assert.Equal("", Step(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("MonthlyRecurringRevenue-3000 RevenueChurn-3000", Step(life, l => l.To("2024-07-06T00:00")));
    }

    [Fact]
    public void Paused_by_dunning_and_paid_at_last_it_is_resumed()
    {
        var life = Active(Monthly.Retries(0).OnExhausted(ExhaustedAction.Pause));
        life.Bank.Says(Bank.Soft);

        Assert.Equal("MonthlyRecurringRevenue-3000 RevenuePaused-3000", Step(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("MonthlyRecurringRevenue+3000 RevenueResumed+3000", Step(life, l => l.Tell(Ask.Retry())));
    }

    [Fact]
    public void A_trial_that_waited_for_a_payment_method_is_new_when_it_comes()
    {
        var life = Monthly.Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.Pause).At("2024-06-01T00:00").SubscribeWithoutMethod();

        Assert.Equal("", Step(life, l => l.To("2024-06-20T00:00")));
        Assert.Equal("MonthlyRecurringRevenue+3000 RevenueNew+3000", Step(life, l => l.Tell(Ask.ChangeMethod("tok_b"))));
    }

    [Fact]
    public void A_term_that_is_completed_is_no_churn() =>
        Assert.Equal(
            "MonthlyRecurringRevenue-3000 RevenueCompleted-3000", Step(Active(Monthly.Recurrences(1)), l => l.To("2024-07-01T00:00")));

    [Fact]
    public void A_first_payment_that_never_comes_was_never_any()
    {
        var life = Monthly.Retries(0).At("2024-06-01T00:00");
        life.Bank.Says(Bank.Soft);

        Assert.Equal("", Step(life, l => l.Subscribe()));
    }
}
