using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// Counts money, debts and renewals. A debt counts on the day of its first attempt, and a renewal on the day its period
/// began, no matter when they are paid.
/// </summary>
internal static class PaymentCounts
{
    public static void Collect(in StatisticStep step, in Counts counts)
    {
        var (before, after) = (step.Before!, step.After);
        counts.Add(StatisticMetric.PaidRecurrences, after.PaidRecurrences - before.PaidRecurrences);
        MembershipRules.Correct(step, counts);
        switch (step.Event)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                if (x.Period.Index > after.TermStartIndex)
                    counts.AddAt(x.Period.Start, x.Invoice.Total > 0 ? StatisticMetric.RenewalsDue : StatisticMetric.RenewalsGiven, 1);
                if (x.GiveUpAt is not null) counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.InvoiceIssued { GiveUpAt: not null }:
                counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.InvoiceReduced x:
                if (PaidRenewal(step, x.Invoice) is { } reduced) counts.AddAt(reduced, StatisticMetric.RenewalsPaid, 1);
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                counts.Add(StatisticMetric.Collected, x.Amount);
                if (before.FindOpenInvoice(x.Invoice) is { Overdue: true } overdue)
                    counts.AddAt(overdue.FirstAttemptAt ?? x.At, StatisticMetric.Recovered, 1);
                if (!before.EndedPaid && after is { EndedPaid: true, CanceledAt: { } left })
                    counts.AddAt(left, StatisticMetric.PeriodsLeft, 1);
                if (PaidRenewal(step, x.Invoice) is { } renewed) counts.AddAt(renewed, StatisticMetric.RenewalsPaid, 1);
                break;
            case SubscriptionEvent.ChangeVoided x when before.FindOpenInvoice(x.Closed.Invoice) is { Overdue: true } voided:
                // The invoice is withdrawn, so it does not count as overdue.
                counts.AddAt(voided.FirstAttemptAt ?? x.At, StatisticMetric.Overdue, -1);
                break;
            case SubscriptionEvent.LatePaymentReceived x:
                counts.Add(StatisticMetric.Collected, x.Amount);
                break;
            case SubscriptionEvent.ChargeDeclined x:
                counts.AddNamed(StatisticMetric.DeclinesByCode, ReasonNames.Of(x.Code), 1);
                FallOverdue(before, x.Invoice, x.At, counts);
                break;
            case SubscriptionEvent.AttemptPostponed x:
                FallOverdue(before, x.Invoice, x.At, counts);
                break;
            case SubscriptionEvent.RefundSucceeded x:
                counts.Add(StatisticMetric.Refunded, x.Amount);
                break;
            case SubscriptionEvent.ChargedBack x:
                counts.Add(StatisticMetric.Chargebacks, 1);
                counts.Add(StatisticMetric.ChargedBack, x.Amount);
                break;
            case SubscriptionEvent.ChargebackClosed x:
                counts.Add(StatisticMetric.ChargedBack, -x.Amount);
                break;
            default:
                break;
        }
    }

    /// <summary>The start of the renewal's period if this step settles a renewal; null otherwise.</summary>
    public static Instant? PaidRenewal(in StatisticStep step, int invoice) =>
        step.Before!.FindOpenInvoice(invoice) is { Renewal: true } renewal &&
            step.After.FindOpenInvoice(invoice) is null ? renewal.Period.Start : null;

    private static void FallOverdue(Subscription before, int invoice, Instant at, in Counts counts)
    {
        if (before.FindOpenInvoice(invoice) is { Overdue: false } fell) counts.AddAt(fell.FirstAttemptAt ?? at, StatisticMetric.Overdue, 1);
    }
}
