using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The statistics of one subscription, summed as the journal sums them.</summary>
public sealed class Counters
{
    private static readonly StatisticMetric[] StatusGauges =
    [
        StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue,
        StatisticMetric.Paused, StatisticMetric.Canceled, StatisticMetric.Expired, StatisticMetric.Completed,
    ];

    private readonly Dictionary<(StatisticMetric Metric, int? Slice), long> sums = [];

    public long this[StatisticMetric metric] => sums.Where(sum => sum.Key.Item1 == metric).Sum(sum => sum.Value);

    public long By(CancellationOrigin origin, StatisticMetric metric) => sums.GetValueOrDefault((metric, StatisticDelta.SliceOf(origin)));

    /// <summary>The sum of one slice.</summary>
    public long Of(StatisticMetric metric, int slice) => sums.GetValueOrDefault((metric, slice));

    public void Count(Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms)
    {
        var deltas = new List<StatisticDelta>();
        StatisticRules.Collect(before, e, after, termsBefore, terms, deltas);
        foreach (var delta in deltas)
        {
            var key = (delta.Metric, delta.Slice);
            sums[key] = sums.GetValueOrDefault(key) + delta.Value;
        }
    }

    /// <summary>Holds after every single event.</summary>
    public void Hold(Subscription state, OfferTerms terms, LawBook laws)
    {
        foreach (var gauge in StatusGauges)
            laws.Require(Sum(gauge) == (gauge == GaugeOf(state.Status) ? 1 : 0), "exactly one status gauge is 1, that of the present status");
        laws.Require(
            Sum(StatisticMetric.MonthlyRecurringRevenue) == (state.IsCurrent ? StatisticRules.MonthlyAmount(state, terms) : 0),
            "recurring revenue is the monthly amount if, and only if, the subscription is current");
        laws.Require(
            Sum(StatisticMetric.Collected) - Sum(StatisticMetric.Refunded) - Sum(StatisticMetric.ChargedBack) == state.LifetimePaid,
            "collected less refunded and charged back is what was paid in all");
        laws.Require(Movements.Sum(Sum) == Sum(StatisticMetric.MonthlyRecurringRevenue), "movements sum to the recurring revenue");
        laws.Require(this[StatisticMetric.CohortSize] == (HasJoined(state) ? 1 : 0), "who has joined and not left is in one cohort");
        laws.Require(this[StatisticMetric.StandingBook] >= 0, "the standing book is never negative");
        laws.Require(state.IsCurrent || this[StatisticMetric.StandingBook] == 0, "only what is current is in the standing book");
        laws.Require(Sum(StatisticMetric.PaidRecurrences) == state.PaidRecurrences, "paid recurrences are counted");
    }

    /// <summary>Holds the sums against a plain recount of the events.</summary>
    public void HoldRecount(IReadOnlyList<SubscriptionEvent> events, Subscription state, LawBook laws)
    {
        foreach (var (metric, expected) in Recount.Of(events))
            laws.Require(this[metric] == expected, $"{metric} is {expected} by recount, not {this[metric]}");
        laws.Require(this[StatisticMetric.Recovered] <= this[StatisticMetric.Overdue], "only what was overdue recovers");
        laws.Require(this[StatisticMetric.RenewalsPaid] <= this[StatisticMetric.RenewalsDue], "only what was due is a paid renewal");
        laws.Require(this[StatisticMetric.TrialsConverted] <= 1, "a trial converts once");
        laws.Require(this[StatisticMetric.New] >= (state.IsCurrent ? 1 : 0), "whatever is current was new once");
    }

    private static readonly StatisticMetric[] Movements =
    [
        StatisticMetric.RevenueNew, StatisticMetric.RevenueExpansion, StatisticMetric.RevenueContraction, StatisticMetric.RevenueChurn,
        StatisticMetric.RevenueReactivation, StatisticMetric.RevenuePaused, StatisticMetric.RevenueResumed,
    ];

    private static bool HasJoined(Subscription state) =>
        state.IsCurrent || (state.Status == SubscriptionStatus.Paused && state.PauseReason != PauseReason.NoPaymentMethod);

    private long Sum(StatisticMetric metric) => sums.GetValueOrDefault((metric, null));

    private static StatisticMetric GaugeOf(SubscriptionStatus status) => StatusGauges[(int)status];
}
