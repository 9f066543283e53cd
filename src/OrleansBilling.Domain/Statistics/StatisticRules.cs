using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What one event adds to which counter. Pure, so that counters written with the commit equal a recomputation from the
/// journal at every instant (DESIGN section 8).
/// </summary>
public static class StatisticRules
{
    /// <summary>Adds to <paramref name="deltas"/> what the step from <paramref name="before"/> to <paramref name="after"/> counts.</summary>
    public static void Collect(Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms terms, List<StatisticDelta> deltas)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(deltas);
        var day = StatisticDelta.DayOf(e.At);

        if (before?.Status != after.Status) CollectStatus(before, after, terms, Add);
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                if (x.Period.Index > after.TermStartIndex && x.Invoice.Total > 0) Add(StatisticMetric.RenewalsDue, 1);
                if (x.GiveUpAt is not null) Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                CollectPayment(before!, x, after, Add);
                if (after is { Status: SubscriptionStatus.Canceled, Cancellation: { } late })
                {
                    Correct(late.Origin, StatisticMetric.CanceledCollected, x.Amount);
                    Correct(late.Origin, StatisticMetric.CanceledPaidRecurrences, 1);
                }

                break;
            case SubscriptionEvent.ChargeDeclined x when before!.FindOpenInvoice(x.Invoice) is { Overdue: false }:
                Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.AttemptPostponed x when before!.FindOpenInvoice(x.Invoice) is { Overdue: false }:
                Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.RefundSucceeded x:
                Add(StatisticMetric.Refunded, x.Amount);
                if (after is { Status: SubscriptionStatus.Canceled, Cancellation: { } canceled })
                    Correct(canceled.Origin, StatisticMetric.CanceledCollected, -x.Amount);
                break;
            case SubscriptionEvent.Canceled x:
                var origin = x.Cancellation.Origin;
                AddFor(origin, StatisticMetric.Cancellations, 1);
                AddFor(origin, StatisticMetric.CanceledLifetimeSeconds, LifetimeSeconds(after));
                AddFor(origin, StatisticMetric.CanceledCollected, after.LifetimePaid);
                AddFor(origin, StatisticMetric.CanceledPaidRecurrences, after.PaidRecurrences);
                break;
            default:
                break;
        }

        void Add(StatisticMetric metric, long value) => AddFor(null, metric, value);

        // What a canceled subscription is worth counts on the day of its cancellation, however late the money moved.
        void Correct(CancellationOrigin origin, StatisticMetric metric, long value) =>
            deltas.Add(new StatisticDelta(StatisticDelta.DayOf(after.CanceledAt!.Value), after.OfferId, metric, origin, value));

        void AddFor(CancellationOrigin? origin, StatisticMetric metric, long value)
        {
            if (value != 0) deltas.Add(new StatisticDelta(day, after.OfferId, metric, origin, value));
        }
    }

    /// <summary>The price of a month, in minor units: a year is 12 months, a month 30.4375 days.</summary>
    public static long MonthlyAmount(OfferTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var amount = terms.Offer.Amount;
        var count = terms.Plan.Interval.Count;
        return terms.Plan.Interval.Unit switch
        {
            IntervalUnit.Month => Money.MultiplyDivide(amount, 1, count),
            IntervalUnit.Year => Money.MultiplyDivide(amount, 1, 12L * count),
            IntervalUnit.Week => Money.MultiplyDivide(amount, 304_375, 70_000L * count),
            IntervalUnit.Day => Money.MultiplyDivide(amount, 304_375, 10_000L * count),
            _ => throw new InvalidOperationException($"{terms.Plan.Interval.Unit} is not known."),
        };
    }

    private static void CollectStatus(Subscription? before, Subscription after, OfferTerms terms, Action<StatisticMetric, long> add)
    {
        if (before is not null) add(GaugeOf(before.Status), -1);
        add(GaugeOf(after.Status), 1);
        if (before?.Status == SubscriptionStatus.Trialing) add(StatisticMetric.TrialsEnded, 1);

        var wasCurrent = before?.IsCurrent ?? false;
        if (wasCurrent == after.IsCurrent) return;
        var monthly = MonthlyAmount(terms);
        add(StatisticMetric.MonthlyRecurringRevenue, after.IsCurrent ? monthly : -monthly);

        // A pause interrupts what was counted before; one that waited for its first payment method never was.
        var interrupted = before is { Status: SubscriptionStatus.Paused, PauseReason: not PauseReason.NoPaymentMethod };
        if (after.IsCurrent && !interrupted) add(StatisticMetric.New, 1);
    }

    private static void CollectPayment(Subscription before, SubscriptionEvent.ChargeSucceeded e, Subscription after, Action<StatisticMetric, long> add)
    {
        var invoice = before.FindOpenInvoice(e.Invoice)!;
        add(StatisticMetric.Collected, e.Amount);
        add(StatisticMetric.PaidRecurrences, 1);
        if (invoice.Overdue) add(StatisticMetric.Recovered, 1);
        if (invoice.Period.Index > after.TermStartIndex) add(StatisticMetric.RenewalsPaid, 1);
        if (before.PaidRecurrences == 0 && before.TrialStart is not null) add(StatisticMetric.TrialsConverted, 1);
    }

    private static long LifetimeSeconds(Subscription s) =>
        s.StartedAt is { } started && s.CanceledAt is { } canceled ? (long)(canceled - started).TotalSeconds : 0;

    private static StatisticMetric GaugeOf(SubscriptionStatus status) => status switch
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
