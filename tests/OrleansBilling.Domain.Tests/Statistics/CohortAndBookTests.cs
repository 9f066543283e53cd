using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>Who started in which month and is still a subscriber, and what the next renewals will bring in which month.</summary>
public sealed class CohortAndBookTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static string Cohorts(Timeline life, Action<Timeline> step) =>
        Counted.By(life, step, metric => metric is CohortSize or CohortJoined);

    private static string Book(Timeline life, Action<Timeline> step) => Counted.By(life, step, metric => metric == StandingBook);

    [Fact]
    public void The_cohort_is_the_month_in_which_service_started_for_trials_that_of_the_trial()
    {
        Assert.Equal("CohortSize(2024-06)+1 CohortJoined(2024-06)+1", Cohorts(Monthly.At("2024-06-30T23:59"), l => l.Subscribe()));
        Assert.Equal("CohortSize(2024-07)+1 CohortJoined(2024-07)+1", Cohorts(Monthly.At("2024-07-01T00:00"), l => l.Subscribe()));

        var trial = Monthly.Trial(14).At("2024-05-25T00:00");
        Assert.Equal("", Cohorts(trial, l => l.Subscribe()));
        Assert.Equal("CohortSize(2024-05)+1 CohortJoined(2024-05)+1", Cohorts(trial, l => l.To("2024-06-08T00:00")));
    }

    [Fact]
    public void The_month_is_that_of_the_products_zone() =>
        Assert.Equal(
            "CohortSize(2024-07)+1 CohortJoined(2024-07)+1",
            Cohorts(Monthly.Zone("Pacific/Kiritimati").AtLocal("2024-07-01T01:00"), l => l.Subscribe()));

    [Fact]
    public void Pauses_and_debts_do_not_leave_it_and_ends_do()
    {
        var life = Monthly.Retries(1, 30, 5).At("2024-06-01T00:00").Subscribe();

        Assert.Equal("", Cohorts(life, l => l.Tell(Ask.Pause()).Tell(Ask.Resume())));
        life.Bank.Says(Bank.Soft, Bank.Soft);
        Assert.Equal("", Cohorts(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("CohortSize(2024-06)-1", Cohorts(life, l => l.To("2024-07-06T00:00")));
    }

    [Fact]
    public void A_change_moves_it_to_the_new_offer_within_its_month()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-08-15T00:00")
            .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Id = "new" }).Terms()));

        Assert.Equal(
            ["new 1", "offer 0"],
            Counted.Deltas(life).Where(delta => delta.Metric == CohortSize)
                .GroupBy(delta => delta.OfferId, (offer, deltas) => $"{offer} {deltas.Sum(delta => delta.Value)}").Order());
    }

    [Fact]
    public void The_book_is_the_price_of_the_next_recurrence_in_the_month_in_which_it_comes()
    {
        var life = Monthly.At("2024-01-31T10:00");

        Assert.Equal("StandingBook(2024-02)+3000", Book(life, l => l.Subscribe()));
        Assert.Equal("StandingBook(2024-02)-3000 StandingBook(2024-03)+3000", Book(life, l => l.To("2024-02-29T10:00")));
    }

    [Theory]
    [InlineData(IntervalUnit.Day, "2024-06")]
    [InlineData(IntervalUnit.Week, "2024-06")]
    [InlineData(IntervalUnit.Month, "2024-07")]
    [InlineData(IntervalUnit.Year, "2025-06")]
    public void Each_interval_has_its_own_month(IntervalUnit unit, string month) =>
        Assert.Equal($"StandingBook({month})+3000", Book(Given.Every(1, unit, 3000).At("2024-06-11T00:00"), l => l.Subscribe()));

    [Fact]
    public void What_ends_leaves_it_and_what_is_undone_comes_back()
    {
        var life = Monthly.At("2024-06-11T00:00").Subscribe();

        Assert.Equal("StandingBook(2024-07)-3000", Book(life, l => l.Tell(Ask.CancelAtPeriodEnd())));
        Assert.Equal("StandingBook(2024-07)+3000", Book(life, l => l.Tell(Ask.Uncancel())));
        Assert.Equal("StandingBook(2024-07)-3000", Book(life, l => l.Tell(Ask.Cancel())));
        Assert.Equal("StandingBook(2024-08)+3000", Book(life, l => l.To("2024-07-20T00:00").Tell(Ask.Reactivate())));
    }

    [Fact]
    public void The_last_period_of_a_term_brings_nothing_more()
    {
        var life = Monthly.Recurrences(2).At("2024-06-11T00:00");

        Assert.Equal("StandingBook(2024-07)+3000", Book(life, l => l.Subscribe()));
        Assert.Equal("StandingBook(2024-07)-3000", Book(life, l => l.To("2024-07-11T00:00")));
    }

    [Fact]
    public void Changes_pauses_and_moved_dates_move_it()
    {
        var life = Monthly.At("2024-06-11T00:00").Subscribe();

        Assert.Equal("StandingBook(2024-07)+3000", Book(life, l => l.Tell(Ask.Quantity(2))));
        Assert.Equal("StandingBook(2024-07)-6000 StandingBook(2024-08)+6000", Book(life, l => l.Tell(Ask.BillingDate("2024-08-05T00:00"))));
        Assert.Equal("StandingBook(2024-08)-6000", Book(life, l => l.Tell(Ask.Pause())));
        Assert.Equal("StandingBook(2024-09)+6000", Book(life, l => l.To("2024-07-20T00:00").Tell(Ask.Resume())));
        Assert.Equal(
            "StandingBook(2024-09)-6000 StandingBook(2025-07)+60000",
            Book(life, l => l.Tell(Ask.ChangePlan(Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms()))));
    }

    [Fact]
    public void A_billing_date_that_moved_to_the_day_of_payment_moves_it()
    {
        var life = Monthly.MovingBillingDate().At("2024-06-28T00:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);

        Assert.Equal("StandingBook(2024-07)-3000 StandingBook(2024-08)+3000", Book(life, l => l.To("2024-07-28T00:00")));
        Assert.Equal("StandingBook(2024-08)-3000 StandingBook(2024-09)+3000", Book(life, l => l.To("2024-08-01T00:00")));
    }

    [Fact]
    public void Trials_and_first_payments_that_are_awaited_are_not_in_it()
    {
        Assert.Equal("", Book(Monthly.Trial(14).At("2024-06-01T00:00"), l => l.Subscribe()));

        var pending = Monthly.At("2024-06-01T00:00");
        pending.Bank.Says(Bank.Silence);
        Assert.Equal("", Book(pending, l => l.Subscribe()));
        Assert.Equal("StandingBook(2024-07)+3000", Book(pending, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System)));
    }
}
