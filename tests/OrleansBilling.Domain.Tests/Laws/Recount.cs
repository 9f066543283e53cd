using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The counters that can be had from the bare events, without the rules under test.</summary>
public static class Recount
{
    public static IEnumerable<(StatisticMetric Metric, long Value)> Of(IReadOnlyList<SubscriptionEvent> events)
    {
        var overdue = new HashSet<int>();
        var recovered = 0L;
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.ChargeDeclined declined) overdue.Add(declined.Invoice);
            if (e is SubscriptionEvent.AttemptPostponed postponed) overdue.Add(postponed.Invoice);
            if (e is SubscriptionEvent.RecurrenceStarted { GiveUpAt: not null } unpayable) overdue.Add(unpayable.Invoice.Number);
            if (e is SubscriptionEvent.ChargeSucceeded paid && overdue.Contains(paid.Invoice)) recovered++;
        }

        yield return (StatisticMetric.Cancellations, events.OfType<SubscriptionEvent.Canceled>().Count());
        yield return (StatisticMetric.Collected, events.OfType<SubscriptionEvent.ChargeSucceeded>().Sum(e => e.Amount));
        yield return (StatisticMetric.Refunded, events.OfType<SubscriptionEvent.RefundSucceeded>().Sum(e => e.Amount));
        yield return (StatisticMetric.PaidRecurrences, events.OfType<SubscriptionEvent.ChargeSucceeded>().Count());
        yield return (StatisticMetric.Overdue, overdue.Count);
        yield return (StatisticMetric.Recovered, recovered);
        var renewals = Renewals(events);
        yield return (StatisticMetric.RenewalsDue, renewals.Count);
        yield return (StatisticMetric.RenewalsPaid, events.OfType<SubscriptionEvent.ChargeSucceeded>().Count(e => renewals.Contains(e.Invoice)));
    }

    /// <summary>The invoices that are not a term's first and cost something.</summary>
    private static HashSet<int> Renewals(IReadOnlyList<SubscriptionEvent> events)
    {
        var renewals = new HashSet<int>();
        var first = true;
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.Reactivated) first = true;
            if (e is not SubscriptionEvent.RecurrenceStarted started) continue;
            if (!first && started.Invoice.Total > 0) renewals.Add(started.Invoice.Number);
            first = false;
        }

        return renewals;
    }
}
