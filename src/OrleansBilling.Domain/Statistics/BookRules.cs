using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>Expected future revenue: each subscriber's next recurrence, and the installments that are not due yet.</summary>
internal static class BookRules
{
    public static void Collect(in StatisticStep step, in Counts counts)
    {
        var (before, after) = (step.Before, step.After);
        var joinsOrLeaves = before?.Status != after.Status || step.Was != step.Is;
        if (joinsOrLeaves || MayMoveRenewal(step.Event)) CollectRenewal(step, counts);
        if (!joinsOrLeaves && !step.MovesOffer && before!.OpenInvoices == after.OpenInvoices) return;
        if (HasParts(before) || HasParts(after)) CollectParts(step, counts);
    }

    private static bool MayMoveRenewal(SubscriptionEvent e) =>
        e is SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.PlanChanged or SubscriptionEvent.ChangeVoided or
        SubscriptionEvent.PeriodEndMoved or SubscriptionEvent.BillingDateMoved or SubscriptionEvent.BillingDateChanged or
        SubscriptionEvent.CancellationScheduled or SubscriptionEvent.CancellationUndone or SubscriptionEvent.TermEnded or
        SubscriptionEvent.DiscountGranted;

    private static void CollectRenewal(in StatisticStep step, in Counts counts)
    {
        var was = NextRenewal(step.Before, step.Was, step.TermsBefore);
        var now = NextRenewal(step.After, step.Is, step.Terms);
        if (was == now && !step.MovesOffer) return;
        if (was is { } gone) counts.AddOf(step.TermsBefore, StatisticMetric.StandingBook, -gone.Price, gone.Month);
        if (now is { } comes) counts.Add(StatisticMetric.StandingBook, comes.Price, comes.Month);
    }

    private static (int Month, long Price)? NextRenewal(Subscription? s, bool isSubscriber, OfferTerms terms)
    {
        if (!isSubscriber || s is not { IsCurrent: true, TermEnded: false, CancellationScheduled: null, CurrentPeriod: { } period })
            return null;
        if (RecurrenceRules.IsLastOfTerm(s, terms.Plan)) return null;
        return (StatisticDelta.MonthOf(period.End, terms.Zone), RecurringRevenue.NetPrice(s, terms, period.Index + 1));
    }

    private static bool HasParts(Subscription? s)
    {
        if (s is null) return false;
        foreach (var invoice in s.OpenInvoices)
        {
            if (invoice.Parts > 0) return true;
        }

        return false;
    }

    private static void CollectParts(in StatisticStep step, in Counts counts)
    {
        var was = PartsByMonth(step.Before, step.Was, step.TermsBefore);
        var now = PartsByMonth(step.After, step.Is, step.Terms);
        foreach (var (month, amount) in was)
        {
            if (step.MovesOffer) counts.AddOf(step.TermsBefore, StatisticMetric.PartsToCome, -amount, month);
            else counts.Add(StatisticMetric.PartsToCome, now.GetValueOrDefault(month) - amount, month);
        }

        foreach (var (month, amount) in now)
        {
            if (step.MovesOffer || !was.ContainsKey(month)) counts.Add(StatisticMetric.PartsToCome, amount, month);
        }
    }

    private static SortedDictionary<int, long> PartsByMonth(Subscription? s, bool isSubscriber, OfferTerms terms)
    {
        var months = new SortedDictionary<int, long>();
        if (!isSubscriber) return months;
        foreach (var invoice in s!.OpenInvoices)
        {
            for (var part = invoice.PartsPaid + 1; part <= invoice.Parts; part++)
            {
                var month = StatisticDelta.MonthOf(UnusedService.PartDueAt(invoice, part, terms.Zone), terms.Zone);
                months[month] = months.GetValueOrDefault(month) + Installments.PartOf(invoice.Total, invoice.Parts, part);
            }
        }

        return months;
    }
}
