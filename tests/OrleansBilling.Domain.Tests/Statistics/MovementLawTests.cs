using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Tests.Histories;
using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>Movements add up to recurring revenue for each offer, and nobody joins a cohort twice.</summary>
public sealed class MovementLawTests
{
    private const int Lives = 300;

    private static readonly StatisticMetric[] Movements =
        [RevenueNew, RevenueExpansion, RevenueContraction, RevenueChurn, RevenueReactivation, RevenuePaused, RevenueResumed, RevenueMoved,
            RevenueCompleted];

    [Fact]
    public void A_plan_change_carries_revenue_from_one_offer_to_the_other()
    {
        var given = Given.Monthly(3000);
        var life = given.At("2024-06-01T00:00").Subscribe();
        life.Tell(Ask.ChangePlan(given.Other("yearly", 24_000, 1, IntervalUnit.Year).Terms()));

        Assert.Equal([("offer", -3000L), ("yearly", 3000L)], By(life, RevenueMoved));
        Assert.Equal([("offer", 0L), ("yearly", 2000L)], By(life, MonthlyRecurringRevenue));
        Assert.Equal([("yearly", -1000L)], By(life, RevenueContraction));
    }

    [Fact]
    public void Movements_of_each_offer_add_up_to_its_recurring_revenue_in_any_life()
    {
        for (var seed = 1; seed <= Lives; seed++)
        {
            var deltas = Deltas(RandomLife.Live(seed));
            foreach (var offer in deltas.GroupBy(delta => delta.OfferId))
            {
                var moved = offer.Where(delta => Movements.Contains(delta.Metric)).Sum(delta => delta.Value);
                Assert.True(
                    moved == offer.Where(delta => delta.Metric == MonthlyRecurringRevenue).Sum(delta => delta.Value),
                    $"RandomLife.Live({seed}), {offer.Key}");
            }

            Assert.True(deltas.Count(delta => delta.Metric == CohortJoined) <= 1, $"RandomLife.Live({seed}) joined twice");
        }
    }

    [Fact]
    public void Who_comes_back_is_in_the_old_cohort_again_without_joining_it_twice()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00").Subscribe().Tell(Ask.Cancel()).To("2024-08-01T00:00").Tell(Ask.Reactivate());
        var june = StatisticDelta.MonthOf(new LocalDate(2024, 6, 1));

        Assert.Equal(1, life.Laws.Counters.Of(CohortSize, june));
        Assert.Equal(1, life.Laws.Counters.Of(CohortJoined, june));
        Assert.Equal(3000, life.Laws.Counters[RevenueReactivation]);
    }

    [Fact]
    public void Whose_first_payment_never_came_is_new_when_it_comes_at_last()
    {
        var life = Given.Monthly(3000).Retries(0).At("2024-06-01T00:00").SubscribeWith(Bank.Soft);
        Assert.Equal(SubscriptionStatus.Expired, life.Status);

        life.Tell(Ask.Reactivate());
        Assert.Equal(3000, life.Laws.Counters[RevenueNew]);
        Assert.Equal(0, life.Laws.Counters[RevenueReactivation]);
        Assert.Equal(1, life.Laws.Counters[CohortJoined]);
    }

    private static IEnumerable<(string, long)> By(Timeline life, StatisticMetric metric) => Deltas(life)
        .Where(delta => delta.Metric == metric)
        .GroupBy(delta => delta.OfferId, (offer, deltas) => (offer, deltas.Sum(delta => delta.Value)))
        .OrderBy(sum => sum.offer, StringComparer.Ordinal);

    private static List<StatisticDelta> Deltas(Timeline life)
    {
        var deltas = new List<StatisticDelta>();
        Subscription? before = null;
        foreach (var e in life.Events)
        {
            var after = SubscriptionEvolution.Evolve(before, e);
            StatisticRules.Collect(before, e, after, Terms(before ?? after), Terms(after), deltas);
            before = after;
        }

        return deltas;

        OfferTerms Terms(Subscription s) => life.Catalog(s.OfferId, s.OfferVersion);
    }
}
