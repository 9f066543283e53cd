using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What affiliates and co-producers brought: first activations and how many of them were soon lost, renewals, revenue,
/// earnings. The platform is no such party. A loss counts on its activation's day, so that losses never exceed activations.
/// </summary>
internal static class PartyRules
{
    /// <summary>How soon a loss is an early one.</summary>
    private static readonly Duration EarlyLoss = Duration.FromDays(90);

    public static void Collect(in StatisticStep step, in Counts counts)
    {
        var split = step.Terms.Offer.Split;
        if (split.IsEmpty && step.After.AffiliateId is null) return;
        CollectShares(step, counts);
        if (!step.Was && step.Is) Join(step, counts);
        else if (step.Was && step.After.Status == SubscriptionStatus.Canceled && IsEarly(step)) EachParty(step, counts, StatisticMetric.PartyLost, ServiceStart(step.After), 1);
        if (RenewalPaidBy(step) is { } renewed) EachParty(step, counts, StatisticMetric.PartyRenewals, renewed, 1);
    }

    private static void Join(in StatisticStep step, in Counts counts)
    {
        var start = ServiceStart(step.After);
        if (step.IsFirst)
        {
            EachParty(step, counts, StatisticMetric.PartyActivations, start, 1);
            EachParty(step, counts, StatisticMetric.PartyNewRevenue, step.Event.At, RecurringRevenue.Net(step.After, step.Terms));
        }
        else if (IsEarly(step))
        {
            // Whoever is back by then must have been lost before then.
            EachParty(step, counts, StatisticMetric.PartyLost, start, -1);
        }
    }

    private static Instant? RenewalPaidBy(in StatisticStep step) => step.Event switch
    {
        SubscriptionEvent.ChargeSucceeded x => PaymentCounts.PaidRenewal(step, x.Invoice),
        SubscriptionEvent.InvoiceReduced x => PaymentCounts.PaidRenewal(step, x.Invoice),
        _ => null,
    };

    private static void CollectShares(in StatisticStep step, in Counts counts)
    {
        foreach (var posting in Postings.Of(step.Event))
        {
            // What a party is owed is a credit.
            if (posting.Party is not { } party || !IsParty(step, party)) continue;
            if (posting.Amount < 0) counts.AddNamed(StatisticMetric.PartyEarned, party, -posting.Amount);
            else counts.AddNamed(StatisticMetric.PartyRefunded, party, posting.Amount);
        }
    }

    private static void EachParty(in StatisticStep step, in Counts counts, StatisticMetric metric, Instant day, long value)
    {
        var split = step.Terms.Offer.Split;
        for (var n = 0; n < split.Length; n++)
        {
            if (PartyOf(split[n], step.After) is { } party && !IsNamedBefore(split, n, party, step.After)) counts.AddNamed(day, metric, party, value);
        }

        if (step.After.AffiliateId is { } affiliate && !IsNamedBefore(split, split.Length, affiliate, step.After)) counts.AddNamed(day, metric, affiliate, value);
    }

    private static bool IsParty(in StatisticStep step, string party)
    {
        var split = step.Terms.Offer.Split;
        return party == step.After.AffiliateId || IsNamedBefore(split, split.Length, party, step.After);
    }

    private static bool IsNamedBefore(System.Collections.Immutable.ImmutableArray<SplitPart> split, int end, string party, Subscription s)
    {
        for (var n = 0; n < end; n++)
        {
            if (PartyOf(split[n], s) == party) return true;
        }

        return false;
    }

    private static string? PartyOf(SplitPart part, Subscription s) => part.Role switch
    {
        SplitRole.CoProducer => part.PartyId,
        SplitRole.Affiliate => part.PartyId ?? s.AffiliateId,
        _ => null,
    };

    private static bool IsEarly(in StatisticStep step) => step.Event.At - ServiceStart(step.After) <= EarlyLoss;

    /// <summary>When the first period that is to be paid began, or was to begin.</summary>
    private static Instant ServiceStart(Subscription s) => s.TrialEnd ?? s.StartedAt ?? s.UpdatedAt;
}
