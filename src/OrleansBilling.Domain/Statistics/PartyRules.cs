using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What affiliates and co-producers bring in: first activations, early losses among them, renewals, revenue and earnings.
/// The platform is not counted as a party. A loss counts on the day of its activation, so losses never exceed activations.
/// </summary>
internal static class PartyRules
{
    /// <summary>A subscriber who leaves within this time is an early loss.</summary>
    private static readonly Duration EarlyLoss = Duration.FromDays(90);

    public static void Collect(in StatisticStep step, in Counts counts)
    {
        if (step.After.AffiliateId is null && step.Terms.Offer.Split.IsEmpty && step.TermsBefore.Offer.Split.IsEmpty) return;
        CollectShares(step, counts);
        if (!step.Was && step.Is) Join(step, counts);
        else if (step.Was && step.After.Status == SubscriptionStatus.Canceled) Lose(step, counts);
        else if (step.IsPaidAfterTheEnd) JoinLate(step, counts);
        else if (step.Is && step.MovesOffer && IsEarly(step.Event.At, step.After)) Move(step, counts);
        if (RenewalPaidBy(step) is { } renewed) Add(step, counts, StatisticMetric.PartyRenewals, renewed, 1);
    }

    private static void Join(in StatisticStep step, in Counts counts)
    {
        var start = ServiceStart(step.After);
        if (step.IsFirst)
        {
            Add(step, counts, StatisticMetric.PartyActivations, start, 1);
            Add(step, counts, StatisticMetric.PartyNewRevenue, step.Event.At, RecurringRevenue.Net(step.After, step.Terms));
        }
        else if (IsEarly(step.Event.At, step.After))
        {
            // A subscriber who is back this early was also lost this early: take the loss back.
            Add(step, counts, StatisticMetric.PartyLost, start, -1);
        }
    }

    private static void Lose(in StatisticStep step, in Counts counts)
    {
        if (IsEarly(step.After.CanceledAt!.Value, step.After))
            Add(step, counts, StatisticMetric.PartyLost, ServiceStart(step.After), 1);
    }

    /// <summary>
    /// The first payment came after the cancellation: activated and lost. It never had recurring revenue. Without this, a return
    /// would take back a loss that was not counted.
    /// </summary>
    private static void JoinLate(in StatisticStep step, in Counts counts)
    {
        Add(step, counts, StatisticMetric.PartyActivations, ServiceStart(step.After), 1);
        Lose(step, counts);
    }

    /// <summary>A subscriber who can still become an early loss moves to the parties of the new offer.</summary>
    private static void Move(in StatisticStep step, in Counts counts)
    {
        var start = ServiceStart(step.After);
        foreach (var party in PartiesOf(step.TermsBefore, step.Before!))
            counts.AddNamedOf(step.TermsBefore, start, StatisticMetric.PartyActivations, party, -1);
        Add(step, counts, StatisticMetric.PartyActivations, start, 1);
    }

    private static void CollectShares(in StatisticStep step, in Counts counts)
    {
        List<string>? parties = null;
        foreach (var posting in Postings.Of(step.Event))
        {
            // An amount owed to a party is a credit, so it is negative.
            if (posting.Party is not { } party || !(parties ??= PartiesOf(step.Terms, step.After)).Contains(party)) continue;
            if (posting.Amount < 0) counts.AddNamed(StatisticMetric.PartyEarned, party, -posting.Amount);
            else counts.AddNamed(StatisticMetric.PartyRefunded, party, posting.Amount);
        }
    }

    private static void Add(in StatisticStep step, in Counts counts, StatisticMetric metric, Instant day, long value)
    {
        foreach (var party in PartiesOf(step.Terms, step.After)) counts.AddNamed(day, metric, party, value);
    }

    private static Instant? RenewalPaidBy(in StatisticStep step) => step.Event switch
    {
        SubscriptionEvent.ChargeSucceeded x => PaymentCounts.PaidRenewal(step, x.Invoice),
        SubscriptionEvent.InvoiceReduced x => PaymentCounts.PaidRenewal(step, x.Invoice),
        _ => null,
    };

    /// <summary>Lists each party once, even if it has several shares.</summary>
    private static List<string> PartiesOf(OfferTerms terms, Subscription s)
    {
        var parties = new List<string>(2);
        if (s.AffiliateId is { } affiliate) parties.Add(affiliate);
        foreach (var part in terms.Offer.Split)
        {
            if (part.Role != SplitRole.Platform && part.PartyId is { } party && !parties.Contains(party)) parties.Add(party);
        }

        return parties;
    }

    private static bool IsEarly(Instant at, Subscription s) => at - ServiceStart(s) <= EarlyLoss;

    /// <summary>When the first period after any trial began or was due to begin.</summary>
    private static Instant ServiceStart(Subscription s) => s.TrialEnd ?? s.StartedAt ?? s.UpdatedAt;
}
