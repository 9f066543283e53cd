using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What one event adds to which counter. Pure, so that counters written with the commit equal a recomputation from the
/// journal at every instant (see "Statistics" in the domain's README).
/// </summary>
public static class StatisticRules
{
    /// <summary>
    /// Adds to <paramref name="deltas"/> what the step from <paramref name="before"/> to <paramref name="after"/>
    /// counts.
    /// </summary>
    /// <param name="before">The state before the event; null before the first.</param>
    /// <param name="e">The event.</param>
    /// <param name="after">The state after it.</param>
    /// <param name="termsBefore">The terms that it ran on before; only a plan change makes a difference.</param>
    /// <param name="terms">The terms that it runs on after.</param>
    /// <param name="deltas">What is added to.</param>
    public static void Collect(
        Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms,
        List<StatisticDelta> deltas)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(termsBefore);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(deltas);

        // Usage is the bulk of all events, and changes nothing that is counted.
        if (e is SubscriptionEvent.UsageRecorded) return;
        var step = new StatisticStep(before, e, after, termsBefore, terms);
        var counts = new Counts(e.At, after, terms, deltas);
        if (before?.Status != after.Status || step.MovesOffer) CollectStatus(step, counts);
        MembershipRules.Collect(step, counts);
        RevenueRules.Collect(step, counts);
        BookRules.Collect(step, counts);
        if (before is null) return;
        PaymentCounts.Collect(step, counts);
        RetentionCounts.Collect(step, counts);
        PartyRules.Collect(step, counts);
    }

    private static void CollectStatus(in StatisticStep step, in Counts counts)
    {
        // One that moves to another offer is taken from what the old offer counts in its old status.
        if (step.Before is { } before)
        {
            if (step.MovesOffer) counts.AddOf(step.TermsBefore, GaugeOf(before.Status), -1);
            else counts.Add(GaugeOf(before.Status), -1);
        }

        counts.Add(GaugeOf(step.After.Status), 1);
    }

    /// <summary>The counter of the subscriptions in a status.</summary>
    public static StatisticMetric GaugeOf(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.Pending => StatisticMetric.Pending,
        SubscriptionStatus.Trialing => StatisticMetric.Trialing,
        SubscriptionStatus.Active => StatisticMetric.Active,
        SubscriptionStatus.PastDue => StatisticMetric.PastDue,
        SubscriptionStatus.Paused => StatisticMetric.Paused,
        SubscriptionStatus.Canceled => StatisticMetric.Canceled,
        SubscriptionStatus.Expired => StatisticMetric.Expired,
        SubscriptionStatus.Completed => StatisticMetric.Completed,
        _ => throw new InvalidOperationException($"{status} is not known."),
    };
}

/// <summary>An event between two states, with the terms of both.</summary>
internal readonly struct StatisticStep(
    Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms)
{
    public Subscription? Before => before;

    public SubscriptionEvent Event => e;

    public Subscription After => after;

    public OfferTerms TermsBefore => termsBefore;

    public OfferTerms Terms => terms;

    /// <summary>Whether it was a subscriber.</summary>
    public bool Was { get; } = Population.IsSubscriber(before);

    /// <summary>Whether it is one.</summary>
    public bool Is { get; } = Population.IsSubscriber(after);

    /// <summary>Whether what becomes a subscriber never was one.</summary>
    public bool IsFirst => !Population.HasBeenSubscriber(before);

    public bool MovesOffer => before is not null && before.OfferId != after.OfferId;
}
