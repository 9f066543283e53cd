using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// Which counters an event changes, and by how much. These rules are pure, so counters written with each commit always equal
/// a recomputation from the journal (see "Statistics" in the domain's README).
/// </summary>
public static class StatisticRules
{
    /// <summary>Adds the deltas of the step from <paramref name="before"/> to <paramref name="after"/>.</summary>
    /// <param name="before">The state before the event; null for the first event.</param>
    /// <param name="termsBefore">The terms before the event. They differ from <paramref name="terms"/> only for a plan change.</param>
    /// <param name="deltas">Receives the deltas.</param>
    public static void Collect(
        Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms,
        List<StatisticDelta> deltas)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(termsBefore);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(deltas);

        // Most events are usage, which changes no counter.
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
        // A subscription that moves to another offer leaves the old offer's gauge for its old status.
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
        _ => throw new InvalidOperationException($"Unknown subscription status: {status}."),
    };
}

/// <summary>An event with the states and terms before and after it.</summary>
internal readonly struct StatisticStep(
    Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms)
{
    public Subscription? Before => before;

    public SubscriptionEvent Event => e;

    public Subscription After => after;

    public OfferTerms TermsBefore => termsBefore;

    public OfferTerms Terms => terms;

    /// <summary>Whether the subscription counted as a subscriber before.</summary>
    public bool Was { get; } = Population.IsSubscriber(before);

    /// <summary>Whether the subscription counts as a subscriber now.</summary>
    public bool Is { get; } = Population.IsSubscriber(after);

    /// <summary>Whether it was never a subscriber before.</summary>
    public bool IsFirst => !Population.HasBeenSubscriber(before);

    /// <summary>
    /// True if the subscription was canceled while its first payment after the trial was in flight and that payment then
    /// succeeded: it counts as a subscriber who left. An invoice for final usage does not count as a period.
    /// </summary>
    public bool IsPaidAfterTheEnd =>
        e is SubscriptionEvent.ChargeSucceeded paid &&
        before is { Status: SubscriptionStatus.Canceled, EndedUnserved: false } && !Population.HasBeenSubscriber(before) &&
        before.FindOpenInvoice(paid.Invoice) is { Extra: false };

    public bool MovesOffer => before is not null && before.OfferId != after.OfferId;
}
