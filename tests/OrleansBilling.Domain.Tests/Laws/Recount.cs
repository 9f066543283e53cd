using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The counters that can be had from the bare events, without the rules under test.</summary>
public static class Recount
{
    public static IEnumerable<(StatisticMetric Metric, long Value)> Of(IReadOnlyList<SubscriptionEvent> events)
    {
        var overdue = new HashSet<int>();
        var fell = 0L;
        var recovered = 0L;
        foreach (var e in events)
        {
            var late = e switch
            {
                SubscriptionEvent.ChargeDeclined x => x.Invoice,
                SubscriptionEvent.AttemptPostponed x => x.Invoice,
                SubscriptionEvent.RecurrenceStarted { GiveUpAt: not null } x => x.Invoice.Number,
                SubscriptionEvent.InvoiceIssued { GiveUpAt: not null } x => x.Invoice.Number,
                _ => 0,
            };
            if (late > 0 && overdue.Add(late)) fell++;

            // The next part of an invoice begins with a clean record.
            if (e is SubscriptionEvent.ChargeSucceeded paid && overdue.Remove(paid.Invoice)) recovered++;
        }

        yield return (StatisticMetric.Cancellations, events.OfType<SubscriptionEvent.Canceled>().Count());
        yield return (
            StatisticMetric.Collected,
            events.OfType<SubscriptionEvent.ChargeSucceeded>().Sum(e => e.Amount) + events.OfType<SubscriptionEvent.LatePaymentReceived>().Sum(e => e.Amount));
        yield return (StatisticMetric.Refunded, events.OfType<SubscriptionEvent.RefundSucceeded>().Sum(e => e.Amount));
        yield return (StatisticMetric.ChargedBack, events.OfType<SubscriptionEvent.ChargedBack>().Sum(e => e.Amount) - events.OfType<SubscriptionEvent.ChargebackClosed>().Sum(e => e.Amount));
        yield return (StatisticMetric.Overdue, fell);
        yield return (StatisticMetric.Recovered, recovered);
        var settled = Settled(events);
        var renewals = Renewals(events);
        yield return (StatisticMetric.PaidRecurrences, settled.Count);
        yield return (StatisticMetric.RenewalsDue, renewals.Count);
        yield return (StatisticMetric.RenewalsPaid, settled.Count(renewals.Contains));
    }

    /// <summary>The recurrences' invoices that cost something and of which nothing is owed any more because it was paid.</summary>
    private static HashSet<int> Settled(IReadOnlyList<SubscriptionEvent> events)
    {
        var owed = new Dictionary<int, long>();
        var settled = new HashSet<int>();
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.RecurrenceStarted { Invoice.Total: > 0 } started) owed[started.Invoice.Number] = started.Invoice.Total;
            if (e is SubscriptionEvent.RecurrenceStarted { PaidByCredit: true } credited) settled.Add(credited.Invoice.Number);
            if (e is SubscriptionEvent.ChargeSucceeded paid) Pay(paid.Invoice, paid.Amount);
            if (e is SubscriptionEvent.InvoiceReduced reduced) Pay(reduced.Invoice, reduced.Amount);
        }

        return settled;

        void Pay(int invoice, long amount)
        {
            if (!owed.TryGetValue(invoice, out var left)) return;
            owed[invoice] = left - amount;
            if (left == amount) settled.Add(invoice);
        }
    }

    /// <summary>The invoices that are not a term's first and cost something.</summary>
    private static HashSet<int> Renewals(IReadOnlyList<SubscriptionEvent> events)
    {
        var renewals = new HashSet<int>();
        var first = true;
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.Reactivated { GoesOn: false } or SubscriptionEvent.RecurrenceStarted { NewTerm: true }) first = true;
            if (e is not SubscriptionEvent.RecurrenceStarted started) continue;
            if (!first && started.Invoice.Total > 0) renewals.Add(started.Invoice.Number);
            first = false;
        }

        return renewals;
    }
}
