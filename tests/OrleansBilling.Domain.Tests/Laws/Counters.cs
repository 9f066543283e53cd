using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The statistics of one subscription, summed like the journal sums them.</summary>
public sealed class Counters
{
    private static readonly StatisticMetric[] StatusGauges =
    [
        StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue,
        StatisticMetric.Paused, StatisticMetric.Canceled, StatisticMetric.Expired, StatisticMetric.Completed,
    ];

    private readonly Dictionary<(StatisticMetric Metric, int? Slice), long> sums = [];
    private readonly Dictionary<(StatisticMetric Ratio, int Day), (long Numerator, long Denominator)> byDay = [];

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
            CountByDay(delta);
        }
    }

    private void CountByDay(in StatisticDelta delta)
    {
        foreach (var (numerator, denominator) in PartOf)
        {
            if (delta.Metric != numerator && delta.Metric != denominator) continue;
            var (part, whole) = byDay.GetValueOrDefault((numerator, delta.Day));
            byDay[(numerator, delta.Day)] = delta.Metric == numerator ? (part + delta.Value, whole) : (part, whole + delta.Value);
        }
    }

    /// <summary>Checks the laws that hold after every single event.</summary>
    public void Hold(Subscription state, OfferTerms terms, LawBook laws)
    {
        foreach (var gauge in StatusGauges)
            laws.Require(
                Sum(gauge) == (gauge == GaugeOf(state.Status) ? 1 : 0), "exactly one status gauge is 1, that of the present status");
        laws.Require(
            Sum(StatisticMetric.MonthlyRecurringRevenue) == RecurringRevenue.Net(state, terms),
            "recurring revenue is the monthly amount, less discounts, of who is an active or past due subscriber");
        laws.Require(
            Sum(StatisticMetric.MonthlyRecurringRevenue) + Sum(StatisticMetric.MonthlyDiscounts) == RecurringRevenue.List(state, terms),
            "with what the discounts in force take off, it is the list price");
        laws.Require(
            Sum(StatisticMetric.Collected) - Sum(StatisticMetric.Refunded) - Sum(StatisticMetric.ChargedBack) == state.LifetimePaid,
            "collected less refunded and charged back is what was paid in all");
        laws.Require(Movements.Sum(Sum) == Sum(StatisticMetric.MonthlyRecurringRevenue), "movements sum to the recurring revenue");
        var subscribers = Population.IsSubscriber(state) ? 1 : 0;
        laws.Require(Sum(StatisticMetric.Subscribers) == subscribers, "who has a paid or given period and has not ended is a subscriber");
        laws.Require(this[StatisticMetric.CohortSize] == subscribers, "a subscriber is in one cohort");
        laws.Require(
            state.StartedAt is not { } started ||
                Of(StatisticMetric.CohortSize, StatisticDelta.MonthOf(started, terms.Zone)) == subscribers,
            "the cohort is that of the month in which service started");
        laws.Require(
            this[StatisticMetric.New] + Sum(StatisticMetric.Reactivated) - this[StatisticMetric.Cancellations] - Sum(
                StatisticMetric.TermsCompleted) == subscribers,
            "who came and has not left is there");
        laws.Require(Sum(StatisticMetric.RenewalsPaid) <= Sum(StatisticMetric.RenewalsDue), "only what was due is a paid renewal");
        laws.Require(Sum(StatisticMetric.TrialsConverted) <= Sum(StatisticMetric.TrialsEnded), "a trial converts after it ended");
        laws.Require(Sum(StatisticMetric.Recovered) <= Sum(StatisticMetric.Overdue), "only what fell overdue recovers");
        HoldBook(state, terms, laws);
        HoldRetention(state, laws);
        laws.Require(Sum(StatisticMetric.PaidRecurrences) == state.PaidRecurrences, "paid recurrences are counted");
    }

    /// <summary>Compares the sums with a simple recount of the events.</summary>
    public void HoldRecount(IReadOnlyList<SubscriptionEvent> events, Subscription state, LawBook laws)
    {
        foreach (var (metric, expected) in Recount.Of(events))
            laws.Require(this[metric] == expected, $"{metric} is {expected} by recount, not {this[metric]}");
        laws.Require(this[StatisticMetric.TrialsConverted] <= 1, "a trial converts once");
        laws.Require(Sum(StatisticMetric.New) <= 1, "a first activation happens once");
        laws.Require(
            this[StatisticMetric.PartyLost] is >= 0 and var lost && lost <= this[StatisticMetric.PartyActivations],
            "who was lost early had been activated");
        foreach (var (day, sum) in byDay) laws.Require(sum.Numerator <= sum.Denominator, $"no ratio exceeds 1 on day {day}");
    }

    private static readonly StatisticMetric[] Movements =
    [
        StatisticMetric.RevenueNew, StatisticMetric.RevenueExpansion, StatisticMetric.RevenueContraction, StatisticMetric.RevenueChurn,
        StatisticMetric.RevenueReactivation, StatisticMetric.RevenuePaused, StatisticMetric.RevenueResumed,
        StatisticMetric.RevenueCompleted,
    ];

    /// <summary>Counters that are counted on the day of the counter that they are a part of.</summary>
    private static readonly Dictionary<StatisticMetric, StatisticMetric> PartOf = new()
    {
        [StatisticMetric.TrialsConverted] = StatisticMetric.TrialsEnded,
        [StatisticMetric.Recovered] = StatisticMetric.Overdue,
        [StatisticMetric.RenewalsPaid] = StatisticMetric.RenewalsDue,
    };

    /// <summary>The book holds the price of the next recurrence in the month of that recurrence, and nothing in any other month.</summary>
    private void HoldBook(Subscription state, OfferTerms terms, LawBook laws)
    {
        var subscribes = Population.IsSubscriber(state);
        var comesAgain = subscribes &&
            state is { IsCurrent: true, TermEnded: false, CancellationScheduled: null, CurrentPeriod: { } period } &&
            (terms.Plan.Recurrences is not { } most || period.Index - state.TermStartIndex + 1 < most);
        var price = (terms.Offer.Amount * state.Quantity) + state.AddOns.Sum(
            bought => (terms.Offer.FindAddOn(bought.Id)?.Amount ?? 0) * bought.Quantity);
        foreach (
            var discount in state.Discounts.Where(discount => comesAgain && discount.Covers(state.CurrentPeriod!.Index + 1, terms.Plan.Id)))
            price -= Domain.Billing.Discounts.Of(discount.Reduction, price);
        var expected = comesAgain ? price : 0;
        laws.Require(this[StatisticMetric.StandingBook] == expected, $"the standing book is {expected}, the price of what comes next");
        laws.Require(
            !comesAgain || Of(StatisticMetric.StandingBook, StatisticDelta.MonthOf(state.CurrentPeriod!.End, terms.Zone)) == expected,
            "the standing book is kept by the month of the next renewal");
        var parts = subscribes ? state.OpenInvoices.Where(invoice => invoice.Parts > 0).Sum(invoice => invoice.Total - invoice.Paid) : 0;
        laws.Require(this[StatisticMetric.PartsToCome] == parts, $"parts to come are {parts}, what is still owed in parts");
    }

    private void HoldRetention(Subscription state, LawBook laws)
    {
        var assigned = sums.Where(sum => sum.Key.Metric == StatisticMetric.RetentionAssigned).ToList();
        foreach (var (key, count) in assigned)
        {
            var decided = Of(StatisticMetric.RetentionAccepted, key.Slice!.Value) + Of(StatisticMetric.RetentionLost, key.Slice.Value);
            var open = state.Retention?.Number == key.Slice ? 1 : 0;
            laws.Require(count >= decided + open, "who accepted or left was assigned before");
        }

        laws.Require(
            state.Retention is not { Number: >= 0 } present || Of(StatisticMetric.RetentionAssigned, present.Number) > 0,
            "the present assignment is counted");
    }

    private long Sum(StatisticMetric metric) => sums.GetValueOrDefault((metric, null));

    private static StatisticMetric GaugeOf(SubscriptionStatus status) => StatusGauges[(int)status];
}
