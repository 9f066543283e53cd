namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>
/// An immediate change to another interval: it cuts off the running period and starts a new term with a whole period at the
/// new price.
/// </summary>
public sealed class ChangeIntervalTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Yearly(long amount) => Monthly.Other("yearly", amount, 1, IntervalUnit.Year).Terms();

    [Theory]
    [InlineData("2024-06-01T00:00", 30_000, "ProrationCredit -3000", 27_000, 0)]
    [InlineData("2024-06-11T00:00", 30_000, "ProrationCredit -2000", 28_000, 0)]
    [InlineData("2024-06-11T00:00", 500, "ProrationCredit -2000", -1500, 1500)]
    [InlineData("2024-06-30T23:59", 30_000, "ProrationCredit 0", 30_000, 0)]
    public void What_is_unused_goes_off_the_first_whole_period(string at, long amount, string credit, long total, long left)
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To(at).Tell(Ask.ChangePlan(Yearly(amount)));

        Assert.Equal($"Recurrence {amount}, {credit} = {total}", life.Bill(2));
        Assert.Equal(left, life.State.Credit);
        Assert.Equal(
            new BillingPeriod(2, When.Utc(at), When.Utc(at.Replace("2024", "2025", StringComparison.Ordinal))), life.State.CurrentPeriod);
        Assert.Equal(When.Utc(at), life.Invoice(1).Period.End);
    }

    [Fact]
    public void Happens_as_one_decision_and_is_charged_at_once()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Yearly(30_000)));

        Assert.Equal(["PlanChanged", "PeriodEndMoved", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal((31_000L, 2), (life.State.LifetimePaid, life.State.PaidRecurrences));
    }

    [Fact]
    public void The_new_anchor_is_the_day_of_the_change()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Yearly(30_000)));
        life.Tell(Ask.ChangePlan(Monthly.Other("fortnight", 1400, 2, IntervalUnit.Week).Terms(), EffectiveAt.PeriodEnd))
            .To("2025-07-31T00:00");

        Assert.Equal("06-01/06-11 06-11/06-11 06-11/06-25 06-25/07-09 07-09/07-23 07-23/08-06", life.Periods());
    }

    [Theory]
    [InlineData("2024-01-31T10:00", "01-31/02-29 02-29/03-31 03-31/04-30")]
    [InlineData("2024-08-31T10:00", "08-31/09-30 09-30/10-31 10-31/11-30")]
    [InlineData("2023-01-29T10:00", "01-29/02-28 02-28/03-29 03-29/04-29")]
    public void A_month_end_may_become_the_anchor(string at, string periods)
    {
        var weekly = Given.Weekly(700);
        var life = weekly.At(at).Subscribe().Tell(Ask.ChangePlan(weekly.Other("monthly", 3000).Terms()));

        life.To(When.Utc(at) + Duration.FromDays(75));

        Assert.Equal(periods, string.Join(' ', life.Periods().Split(' ')[1..]));
    }

    [Fact]
    public void The_anchor_of_a_change_on_leap_day_goes_back_to_it_every_fourth_year()
    {
        var life = Monthly.At("2024-02-01T00:00").Subscribe().To("2024-02-29T00:00").Tell(Ask.ChangePlan(Yearly(30_000)))
            .To("2028-03-01T00:00");

        Assert.Equal("02-29/02-28 02-28/02-28 02-28/02-28 02-28/02-29 02-29/02-28", string.Join(' ', life.Periods().Split(' ')[1..]));
    }

    [Fact]
    public void A_fixed_number_of_recurrences_is_counted_anew()
    {
        var life = Given.Monthly(3000).Recurrences(3).At("2024-06-01T00:00").Subscribe().To("2024-08-15T00:00");

        life.Tell(Ask.ChangePlan(Given.Monthly(3000).Recurrences(2).Other("weekly", 700, 1, IntervalUnit.Week).Terms()))
            .To("2025-01-01T00:00");

        Assert.Equal(
            (SubscriptionStatus.Completed, "08-15/08-22 08-22/08-29"), (life.Status, string.Join(' ', life.Periods().Split(' ')[3..])));
    }

    [Fact]
    public void A_change_to_fewer_recurrences_than_there_were_ends_with_the_period()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().To("2024-08-15T00:00");

        life.Tell(Ask.ChangePlan(Given.Monthly(3000).Recurrences(2).OfOffer(o => o with { Id = "short" }).Terms())).To("2025-01-01T00:00");

        Assert.Equal((SubscriptionStatus.Completed, "08-15/09-01"), (life.Status, life.Periods().Split(' ')[^1]));
    }
}
