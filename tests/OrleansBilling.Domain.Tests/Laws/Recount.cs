using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Counters recomputed from the bare events, without the rules under test.</summary>
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
            if (e is SubscriptionEvent.ChangeVoided voided && overdue.Remove(voided.Closed.Invoice)) fell--;

            // The next installment starts its own dunning.
            if (e is SubscriptionEvent.ChargeSucceeded paid && overdue.Remove(paid.Invoice)) recovered++;
        }

        foreach (var counted in Membership(events)) yield return counted;
        yield return (
            StatisticMetric.Collected,
            events.OfType<SubscriptionEvent.ChargeSucceeded>().Sum(e => e.Amount) + events.OfType<SubscriptionEvent.LatePaymentReceived>()
                .Sum(e => e.Amount));
        yield return (StatisticMetric.Refunded, events.OfType<SubscriptionEvent.RefundSucceeded>().Sum(e => e.Amount));
        yield return (
            StatisticMetric.ChargedBack,
            events.OfType<SubscriptionEvent.ChargedBack>().Sum(e => e.Amount) - events.OfType<SubscriptionEvent.ChargebackClosed>()
                .Sum(e => e.Amount));
        yield return (StatisticMetric.Overdue, fell);
        yield return (StatisticMetric.Recovered, recovered);
        var settled = Settled(events);
        var renewals = Renewals(events);
        yield return (StatisticMetric.PaidRecurrences, settled.Count);
        yield return (StatisticMetric.RenewalsDue, renewals.Count);
        yield return (StatisticMetric.RenewalsPaid, settled.Count(renewals.Contains));
    }

    /// <summary>Who joined, who left and how, from what was paid or given and from how it ended.</summary>
    private static IEnumerable<(StatisticMetric Metric, long Value)> Membership(IReadOnlyList<SubscriptionEvent> events)
    {
        var recurrences = new HashSet<int>();
        var (came, canceled, completed, trialsLost, neverPaid) = (0L, 0L, 0L, 0L, 0L);
        var (subscribes, ever, inTrial, given) = (false, false, false, false);
        Subscription? state = null;
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.RecurrenceStarted started) recurrences.Add(started.Invoice.Number);
            if (e is SubscriptionEvent.Reactivated reactivated) given = !reactivated.ChargeNow;
            if (e is SubscriptionEvent.Reactivated { GoesOn: true }) (subscribes, came) = (true, came + 1);
            var paysOrIsGiven = e is SubscriptionEvent.RecurrenceStarted { Invoice.Total: <= 0 } ||
                (e is SubscriptionEvent.RecurrenceStarted && given) ||
                (e is SubscriptionEvent.ChargeSucceeded paid && recurrences.Contains(paid.Invoice));
            if (paysOrIsGiven && !subscribes && !state!.HasEnded)
            {
                (subscribes, ever) = (true, true);
                came++;
            }
            else if (paysOrIsGiven && !ever && state is { Status: SubscriptionStatus.Canceled, EndedUnserved: false })
            {
                // It left while its first payment was in flight, and that payment succeeded.
                ever = true;
                (came, canceled, neverPaid) = (came + 1, canceled + 1, neverPaid - 1);
            }

            switch (e)
            {
                case SubscriptionEvent.Canceled when subscribes:
                    canceled++;
                    break;
                case SubscriptionEvent.Canceled when inTrial:
                    trialsLost++;
                    break;
                case SubscriptionEvent.Canceled or SubscriptionEvent.Expired:
                    neverPaid++;
                    break;
                case SubscriptionEvent.Completed when subscribes:
                    completed++;
                    break;
                default:
                    break;
            }

            given &= e is not SubscriptionEvent.RecurrenceStarted;
            state = SubscriptionEvolution.Evolve(state, e);
            inTrial = state.Status == SubscriptionStatus.Trialing;
            subscribes &= !state.HasEnded;
        }

        yield return (StatisticMetric.Subscribers, subscribes ? 1 : 0);
        yield return (StatisticMetric.Cancellations, canceled);
        yield return (StatisticMetric.TermsCompleted, completed);
        yield return (StatisticMetric.TrialsLost, trialsLost);
        yield return (StatisticMetric.NeverPaid, neverPaid);
        yield return (StatisticMetric.CancellationsByReason, canceled);
        yield return (StatisticMetric.TrialsLostByReason, trialsLost);
        yield return (StatisticMetric.DeclinesByCode, events.OfType<SubscriptionEvent.ChargeDeclined>().Count());
        yield return (StatisticMetric.CohortSize, subscribes ? 1 : 0);
    }

    /// <summary>Invoices of recurrences that cost something and are fully paid.</summary>
    private static HashSet<int> Settled(IReadOnlyList<SubscriptionEvent> events)
    {
        var owed = new Dictionary<int, long>();
        var settled = new HashSet<int>();
        foreach (var e in events)
        {
            if (e is SubscriptionEvent.RecurrenceStarted { Invoice.Total: > 0 } started)
                owed[started.Invoice.Number] = started.Invoice.Total;
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

    /// <summary>Invoices of recurrences after a term's first that cost something.</summary>
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
