using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>An order that was never paid gives nothing for free: no service, no credit, no rewards.</summary>
public sealed class VoidedOrderTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static readonly OfferTerms Dear = Monthly.OfOffer(o => o with { Id = "dear", Amount = 99_999 }).Terms();

    private static readonly OfferTerms Yearly = Monthly.Other("yearly", 36_600, 1, IntervalUnit.Year).Terms();

    private static Timeline Declined(OfferTerms to)
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.AlwaysSays(Bank.Soft);
        return life.Tell(Ask.ChangePlan(to));
    }

    /// <summary>Regression: the expensive plan continued for the price of the cheap one.</summary>
    [Fact]
    public void Who_comes_back_to_a_plan_that_was_declined_pays_for_it()
    {
        var life = Declined(Dear).Tell(Ask.Cancel());
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Reactivate());
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(99_999, life.Invoices[^1].Total);
        Assert.Equal(When.Utc("2024-06-11T00:00"), life.State.CurrentPeriod!.Start);
    }

    /// <summary>Regression: boundaries of years were counted from the months' anchor, which gave a period of decades.</summary>
    [Fact]
    public void Another_interval_that_was_declined_begins_anew_as_well()
    {
        var life = Declined(Yearly).Tell(Ask.Cancel());
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.Reactivate());
        Assert.Equal(36_600, life.Invoices[^1].Total);
        Assert.Equal(When.Utc("2025-06-11T00:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void So_it_is_after_dunning_gave_up()
    {
        var life = Monthly.Retries(0).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(Monthly.Retries(0).OfOffer(o => o with { Id = "dear", Amount = 99_999 }).Terms()));
        Assert.Equal(SubscriptionStatus.Canceled, life.Status);
        life.Bank.AlwaysSays(Bank.Paid);
        Assert.Equal(99_999, life.Tell(Ask.Reactivate()).Invoices[^1].Total);
    }

    /// <summary>Regression: with the renewal unpaid and two changes declined on top, the month cost only a part in the end.</summary>
    [Fact]
    public void What_was_owed_before_two_declined_changes_is_owed_for_the_time_that_it_served()
    {
        var life = Monthly.At("2024-05-01T00:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-06-01T00:00").Tell(Ask.ChangePlan(Dear))
            .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "dearer", Amount = 199_999 }).Terms()));
        life.To("2024-06-10T12:00").Tell(Ask.ChangePlan(Monthly.Terms()));
        life.Bank.AlwaysSays(Bank.Paid);
        life.Tell(Ask.ChangeMethod("tok_good"));
        Assert.Equal(SubscriptionStatus.Active, life.Status);
        Assert.Equal(6_000, life.State.LifetimePaid - life.State.Credit);
    }

    /// <summary>Regression: each round trip counted as a paid recurrence.</summary>
    [Fact]
    public void Going_back_and_forth_between_intervals_earns_nothing()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.ChangePlan(Yearly));
        var paid = life.State.PaidRecurrences;
        for (var n = 0; n < 3; n++) life.Tell(Ask.ChangePlan(Monthly.Terms())).Tell(Ask.ChangePlan(Yearly));
        Assert.Equal(paid, life.State.PaidRecurrences);
        Assert.Equal(36_600, life.State.LifetimePaid);
    }

    /// <summary>Reactivated within the paid period: no subscriber left, and the voided debt counts for nobody.</summary>
    [Fact]
    public void Neither_a_period_left_nor_a_debt_remains_in_the_figures()
    {
        var back = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-10T00:00").Tell(Ask.Cancel()).To("2024-06-12T00:00")
            .Tell(Ask.Reactivate());
        Assert.Equal(0, Sum(back, StatisticMetric.PeriodsLeft));

        var declined = Declined(Dear).Tell(Ask.ChangePlan(Monthly.Terms()));
        Assert.Equal(0, Sum(declined, StatisticMetric.Overdue));
    }

    private static long Sum(Timeline life, StatisticMetric metric) => life.Laws.Counters[metric];
}
