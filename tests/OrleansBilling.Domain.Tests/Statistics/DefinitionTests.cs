using OrleansBilling.Domain.Statistics;
using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>Who counts as a subscriber, with what value, on which day, and for whom.</summary>
public sealed class DefinitionTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static string Of(Timeline life, Action<Timeline> step, params StatisticMetric[] shown) =>
        Counted.By(life, step, metric => shown.Contains(metric));

    private static string Membership(Timeline life, Action<Timeline> step) =>
        Of(life, step, Subscribers, New, Reactivated, Cancellations, TrialsLost, NeverPaid, TermsCompleted);

    [Fact]
    public void A_trial_is_no_subscriber_until_its_first_period_is_paid_or_given()
    {
        var paid = Monthly.Trial(7).At("2024-06-01T00:00").Subscribe();
        paid.Bank.Says(Bank.Soft);
        Assert.Equal("", Membership(paid, l => l.To("2024-06-08T00:00")));
        Assert.Equal("Subscribers+1 New+1", Membership(paid, l => l.To("2024-06-09T00:00")));

        var given = Monthly.Trial(7).At("2024-06-01T00:00").Subscribe().Tell(Ask.Give(1));
        Assert.Equal("Subscribers+1 New+1", Membership(given, l => l.To("2024-06-08T00:00")));
        Assert.Equal("Subscribers-1 Cancellations(Customer)+1", Membership(given, l => l.Tell(Ask.Cancel(), By.Customer)));
        Assert.Equal("Subscribers+1 Reactivated+1", Membership(given, l => l.Tell(Ask.Reactivate())));
    }

    [Fact]
    public void A_trial_whose_first_payment_never_comes_never_paid()
    {
        var life = Monthly.Trial(7).Retries(0).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal("NeverPaid+1", Membership(life, l => l.To("2024-06-08T00:00")));
        Assert.Equal(0, life.Laws.Counters[Cancellations]);
    }

    [Fact]
    public void Who_left_with_the_first_payment_under_way_was_a_subscriber_if_it_comes()
    {
        var life = Monthly.Trial(7).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        Assert.Equal("NeverPaid+1", Membership(life, l => l.To("2024-06-08T00:00").Tell(Ask.Cancel(), By.Customer)));

        Assert.Equal(
            "New+1 Cancellations(Customer)+1 CanceledCollected(Customer)+3000 NeverPaid-1 TrialsConverted+1",
            Of(life, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System), Subscribers, New, Cancellations, NeverPaid, TrialsConverted,
                CanceledCollected));
        Assert.Equal("CanceledCollected(Customer)-1000", Of(life, l => l.Tell(Ask.Refund(1, 1000)), CanceledCollected, Cancellations));
    }

    /// <summary>Found by a random life: the return took back a loss that had not been counted.</summary>
    [Fact]
    public void To_an_affiliate_too_who_left_with_the_first_payment_under_way_was_activated_and_lost_if_it_comes()
    {
        var life = Shared.Trial(7).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        Assert.Equal("", Of(life, l => l.To("2024-06-08T00:00").Tell(Ask.Cancel()), PartyActivations, PartyLost));

        Assert.Equal(
            "PartyActivations(ana)+1 PartyLost(ana)+1",
            Of(life, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System), PartyActivations, PartyLost, PartyNewRevenue));
        Assert.All(
            Counted.Deltas(life).Where(delta => delta.Metric is PartyActivations or PartyLost),
            delta => Assert.Equal(StatisticDelta.DayOf(life.State.TrialEnd!.Value, life.Terms.Zone), delta.Day));

        Assert.Equal("PartyLost(ana)-1", Of(life, l => l.Tell(Ask.Reactivate(charge: false)), PartyActivations, PartyLost));
        Assert.Equal("PartyLost(ana)+1", Of(life, l => l.Tell(Ask.Cancel()), PartyActivations, PartyLost));
    }

    /// <summary>Nothing ran for four months. The trial's end and the cancellation then come after the time of an early loss.</summary>
    [Fact]
    public void To_an_affiliate_who_left_late_with_the_first_payment_under_way_was_not_lost_early()
    {
        var life = Shared.Trial(7).At("2024-06-01T00:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Silence);
        life.SleepTo("2024-10-01T00:00").Settle().Tell(Ask.Cancel());

        Assert.Equal(
            "PartyActivations(ana)+1", Of(life, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System), PartyActivations, PartyLost));
        Assert.Equal("", Of(life, l => l.Tell(Ask.Reactivate(charge: false)), PartyActivations, PartyLost));
    }

    private static Given Shared => Monthly.OfOffer(
        o => o with { Split = [new SplitPart(SplitRole.CoProducer, "ana", 10_000, null)] });

    [Theory]
    [InlineData(true, 2521)]
    [InlineData(false, 3000)]
    public void A_life_is_worth_what_was_collected_net_of_tax(bool inclusive, long worth)
    {
        // 19 % of a price of 30.00: 4.79 included, or 5.70 added.
        var life = Monthly.OfProduct(p => p with { Tax = new TaxPolicy(inclusive, [new TaxRate(null, "VAT", 19_000)]) })
            .At("2024-06-01T00:00").Subscribe();

        Assert.Equal($"CanceledCollected(Customer)+{worth}", Of(life, l => l.Tell(Ask.Cancel(), By.Customer), CanceledCollected));
    }

    [Fact]
    public void Days_are_the_products()
    {
        // April 30, 23:30 in São Paulo is May 1, 02:30 UTC. The first charge was on the last day of March there.
        var life = Monthly.Zone("America/Sao_Paulo").At("2024-04-01T02:00").Subscribe().To("2024-05-01T02:30")
            .Tell(Ask.Cancel(), By.Customer);
        var day = Counted.Deltas(life).Where(delta => delta.Metric is New or Cancellations or Collected)
            .Select(delta => (delta.Metric, delta.Day)).Distinct();

        Assert.Equal(
            [(New, Day(2024, 3, 31)), (Collected, Day(2024, 3, 31)), (Cancellations, Day(2024, 4, 30))],
            day.Where(one => one.Metric != Collected || one.Day == Day(2024, 3, 31)).OrderBy(one => one.Day).ThenBy(one => one.Metric));

        static int Day(int year, int month, int day) => StatisticDelta.DayOf(new LocalDate(year, month, day));
    }

    [Theory]
    [InlineData("1970-01-01T00:00", 0)]
    [InlineData("1969-12-31T23:59", -1)]
    [InlineData("1969-12-31T00:00", -1)]
    [InlineData("1969-12-30T23:59", -2)]
    public void Days_before_the_first_are_negative(string at, int day) => Assert.Equal(day, StatisticDelta.DayOf(When.Utc(at)));

    [Fact]
    public void Ratios_count_on_the_day_of_what_they_are_a_part_of()
    {
        var life = Monthly.Trial(7).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Paid, Bank.Soft);
        life.To("2024-07-20T00:00");

        // The trial ended on June 8 and was paid on the 9th; the renewal of July 8 was paid on the 9th.
        var deltas = Counted.Deltas(life);
        foreach (var (metric, day) in (ValueTuple<StatisticMetric, string>[])
            [(TrialsEnded, "06-08"), (TrialsConverted, "06-08"), (RenewalsDue, "07-08"), (RenewalsPaid, "07-08")])
            Assert.Equal(Day(day), Assert.Single(deltas, delta => delta.Metric == metric).Day);
        foreach (var metric in (StatisticMetric[])[Overdue, Recovered])
            Assert.Equal([Day("06-08"), Day("07-08")], deltas.Where(delta => delta.Metric == metric).Select(delta => delta.Day).Order());

        static int Day(string day) => StatisticDelta.DayOf(When.Utc($"2024-{day}T00:00"));
    }

    [Fact]
    public void A_discount_for_ever_is_in_recurring_revenue_and_what_it_takes_off_apart()
    {
        var life = Monthly.At("2024-06-01T00:00");
        var half = new Coupon { Id = "HALF", SellerId = life.Terms.Product.SellerId, Reduction = new PriceReduction(50_000, null) };

        Assert.Equal(
            "MonthlyRecurringRevenue+1500 MonthlyDiscounts+1500 RevenueNew+1500 StandingBook(2024-07)+1500",
            Of(life, l => l.Tell(((SubscriptionCommand.Subscribe)l.Subscription()) with { Coupon = half }), MonthlyRecurringRevenue,
                MonthlyDiscounts, RevenueNew, StandingBook));
        Assert.Equal(
            "MonthlyRecurringRevenue-1500 MonthlyDiscounts-1500 RevenueChurn-1500 StandingBook(2024-07)-1500",
            Of(life, l => l.Tell(Ask.Cancel()), MonthlyRecurringRevenue, MonthlyDiscounts, RevenueChurn, StandingBook));
    }

    [Fact]
    public void A_part_is_a_payment_and_the_others_are_to_come_in_their_months()
    {
        var life = Given.Yearly(4_000).OfPlan(p => p with { Installments = 4 }).At("2024-01-31T10:00");

        Assert.Equal(
            "Subscribers+1 PartsToCome(2024-02)+1000 PartsToCome(2024-03)+1000 PartsToCome(2024-04)+1000",
            Of(life, l => l.Subscribe(), Subscribers, PaidRecurrences, PartsToCome));
        Assert.Equal("PartsToCome(2024-02)-1000", Of(life, l => l.To("2024-02-29T10:00"), PaidRecurrences, PartsToCome));
        Assert.Equal(
            "PaidRecurrences+1 PartsToCome(2024-03)-1000 PartsToCome(2024-04)-1000",
            Of(life, l => l.To("2024-04-30T10:00"), PaidRecurrences, PartsToCome));

        var left = Given.Yearly(4_000).OfPlan(p => p with { Installments = 4 }).At("2024-01-31T10:00").Subscribe();
        Assert.Equal(
            "CanceledCollected(Customer)+1000 PartsToCome(2024-02)-1000 PartsToCome(2024-03)-1000 PartsToCome(2024-04)-1000",
            Of(left, l => l.Tell(Ask.Cancel(), By.Customer), CanceledCollected, PartsToCome));
        Assert.Equal(InvoiceStatus.Uncollectible, left.Invoice(1).Status);
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("", "none")]
    [InlineData("Too_Dear", "too_dear")]
    [InlineData("insufficient_funds", "insufficient_funds")]
    [InlineData("It was too dear.", "other")]
    [InlineData("é", "other")]
    public void Reasons_are_counted_as_codes(string? reason, string name) => Assert.Equal(name, ReasonNames.Of(reason));

    [Fact]
    public void A_reason_that_is_too_long_is_other()
    {
        Assert.Equal(new string('a', ReasonNames.LengthMax), ReasonNames.Of(new string('A', ReasonNames.LengthMax)));
        Assert.Equal(ReasonNames.Other, ReasonNames.Of(new string('a', ReasonNames.LengthMax + 1)));
    }

    [Fact]
    public void Why_it_ended_and_what_was_declined_is_counted_by_name()
    {
        var life = Monthly.Retries(0).At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        var declined = Of(life, l => l.To("2024-07-01T00:00"), CancellationsByReason, DeclinesByCode, NeverPaidByCode);
        Assert.StartsWith("CancellationsByReason(dunning_exhausted)+1 DeclinesByCode(", declined, StringComparison.Ordinal);

        var never = Monthly.Retries(0).At("2024-06-01T00:00");
        never.Bank.Says(Bank.Soft);
        var code = declined[declined.LastIndexOf('(')..];
        Assert.Equal(
            $"NeverPaidByCode{code} DeclinesByCode{code}",
            Of(never, l => l.Subscribe(), CancellationsByReason, DeclinesByCode, NeverPaidByCode));
    }
}
