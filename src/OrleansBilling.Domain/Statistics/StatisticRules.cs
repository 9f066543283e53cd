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
    /// <param name="before">The state before the event; null before the first.</param>
    /// <param name="e">The event.</param>
    /// <param name="after">The state after it.</param>
    /// <param name="termsBefore">The terms that it ran on before; only a plan change makes a difference.</param>
    /// <param name="terms">The terms that it runs on after.</param>
    /// <param name="deltas">What is added to.</param>
    public static void Collect(
        Subscription? before, SubscriptionEvent e, Subscription after, OfferTerms termsBefore, OfferTerms terms, List<StatisticDelta> deltas)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(termsBefore);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(deltas);
        var counts = new Counts(StatisticDelta.DayOf(e.At), after, deltas);
        if (before?.Status != after.Status) CollectStatus(before, after, terms, counts);
        if (before is not null) CollectEvent(before, e, after, counts);
        if (e is SubscriptionEvent.PlanChanged) CollectPlanChange(before!, after, termsBefore, terms, counts);
        if (MayMoveBook(e) || before?.Status != after.Status) CollectBook(before, after, termsBefore, terms, counts);
    }

    /// <summary>What a subscription's order comes to in a month, at list price, in minor units; discounts and usage are not in it.</summary>
    public static long MonthlyAmount(Subscription state, OfferTerms terms)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(terms);
        return MonthlyAmount(InvoiceRules.PriceOf(terms.Offer, state.Quantity, state.AddOns), terms.Plan.Interval);
    }

    /// <summary>The price of a month, in minor units: a year is 12 months, a month 30.4375 days.</summary>
    public static long MonthlyAmount(long amount, BillingInterval interval)
    {
        var count = interval.Count;
        return interval.Unit switch
        {
            IntervalUnit.Month => Money.MultiplyDivide(amount, 1, count),
            IntervalUnit.Year => Money.MultiplyDivide(amount, 1, 12L * count),
            IntervalUnit.Week => Money.MultiplyDivide(amount, 304_375, 70_000L * count),
            IntervalUnit.Day => Money.MultiplyDivide(amount, 304_375, 10_000L * count),
            _ => throw new InvalidOperationException($"{interval.Unit} is not known."),
        };
    }

    private static void CollectEvent(Subscription before, SubscriptionEvent e, Subscription after, in Counts counts)
    {
        counts.Add(StatisticMetric.PaidRecurrences, after.PaidRecurrences - before.PaidRecurrences);
        if (before.PaidRecurrences == 0 && after.PaidRecurrences > 0 && before.TrialStart is not null) counts.Add(StatisticMetric.TrialsConverted, 1);
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                if (x.Period.Index > after.TermStartIndex && x.Invoice.Total > 0) counts.Add(StatisticMetric.RenewalsDue, 1);
                if (x.GiveUpAt is not null) counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.InvoiceIssued { GiveUpAt: not null }:
                counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.InvoiceReduced x when after.FindOpenInvoice(x.Invoice) is null && before.FindOpenInvoice(x.Invoice)!.Renewal:
                counts.Add(StatisticMetric.RenewalsPaid, 1);
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                CollectPayment(before, x, after, counts);
                break;
            case SubscriptionEvent.LatePaymentReceived x:
                counts.Add(StatisticMetric.Collected, x.Amount);
                counts.Correct(StatisticMetric.CanceledCollected, x.Amount);
                break;
            case SubscriptionEvent.ChargeDeclined x when before.FindOpenInvoice(x.Invoice) is { Overdue: false }:
                counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.AttemptPostponed x when before.FindOpenInvoice(x.Invoice) is { Overdue: false }:
                counts.Add(StatisticMetric.Overdue, 1);
                break;
            case SubscriptionEvent.RefundSucceeded x:
                counts.Add(StatisticMetric.Refunded, x.Amount);
                counts.Correct(StatisticMetric.CanceledCollected, -x.Amount);
                break;
            case SubscriptionEvent.ChargedBack x:
                counts.Add(StatisticMetric.Chargebacks, 1);
                counts.Add(StatisticMetric.ChargedBack, x.Amount);
                counts.Correct(StatisticMetric.CanceledCollected, -x.Amount);
                break;
            case SubscriptionEvent.ChargebackClosed x:
                counts.Add(StatisticMetric.ChargedBack, -x.Amount);
                counts.Correct(StatisticMetric.CanceledCollected, x.Amount);
                break;
            case SubscriptionEvent.RetentionAssigned x:
                // Who asks again for another reason is assigned once, to the newest.
                if (before.Retention is { Number: >= 0 } earlier) counts.Add(StatisticMetric.RetentionAssigned, -1, earlier.Number);
                if (x.Assignment.Number >= 0) counts.Add(StatisticMetric.RetentionAssigned, 1, x.Assignment.Number);
                break;
            case SubscriptionEvent.RetentionAccepted x:
                counts.Add(StatisticMetric.RetentionAccepted, 1, x.Assignment.Number);
                break;
            case SubscriptionEvent.Canceled x:
                CollectCancellation(before, x, after, counts);
                break;
            default:
                break;
        }
    }

    private static void CollectCancellation(Subscription before, SubscriptionEvent.Canceled e, Subscription after, in Counts counts)
    {
        var origin = StatisticDelta.SliceOf(e.Cancellation.Origin);
        counts.Add(StatisticMetric.Cancellations, 1, origin);
        counts.Add(StatisticMetric.CanceledLifetimeSeconds, LifetimeSeconds(after), origin);
        counts.Add(StatisticMetric.CanceledCollected, after.LifetimePaid, origin);
        counts.Add(StatisticMetric.CanceledPaidRecurrences, after.PaidRecurrences, origin);
        if (before.Retention is { Number: >= 0 } assigned && e.Cancellation.Voluntary) counts.Add(StatisticMetric.RetentionLost, 1, assigned.Number);
    }

    private static void CollectStatus(Subscription? before, Subscription after, OfferTerms terms, in Counts counts)
    {
        if (before is not null) counts.Add(GaugeOf(before.Status), -1);
        counts.Add(GaugeOf(after.Status), 1);
        if (before?.Status == SubscriptionStatus.Trialing) counts.Add(StatisticMetric.TrialsEnded, 1);

        var had = HasJoined(before);
        var has = HasJoined(after);
        if (had != has)
        {
            // A given reactivation of what never started is current before its first period says when it started: at once.
            var cohort = StatisticDelta.MonthOf(after.StartedAt ?? after.UpdatedAt);
            counts.Add(StatisticMetric.CohortSize, has ? 1 : -1, cohort);
            if (has && IsFirstTime(before, after)) counts.Add(StatisticMetric.CohortJoined, 1, cohort);
            if (has) counts.Add(StatisticMetric.New, 1);
        }

        var wasCurrent = before?.IsCurrent ?? false;
        if (wasCurrent == after.IsCurrent) return;
        var monthly = MonthlyAmount(after, terms);
        var change = after.IsCurrent ? monthly : -monthly;
        counts.Add(StatisticMetric.MonthlyRecurringRevenue, change);
        counts.Add(MovementOf(before, after, had, has), change);
    }

    private static StatisticMetric MovementOf(Subscription? before, Subscription after, bool had, bool has)
    {
        if (!after.IsCurrent) return has ? StatisticMetric.RevenuePaused : StatisticMetric.RevenueChurn;
        if (had) return StatisticMetric.RevenueResumed;
        return IsFirstTime(before, after) ? StatisticMetric.RevenueNew : StatisticMetric.RevenueReactivation;
    }

    /// <summary>Whether what becomes current never was: it runs its first term, or the first payment never came in an earlier one.</summary>
    private static bool IsFirstTime(Subscription? before, Subscription after) => before?.StartedAt is null || (after.TermStartIndex == 1 && !before.HasEnded);

    /// <summary>Whether it became current once and has not ended; a pause for want of a first payment method is not that.</summary>
    private static bool HasJoined(Subscription? s) =>
        s is not null && (s.IsCurrent || s is { Status: SubscriptionStatus.Paused, PauseReason: not PauseReason.NoPaymentMethod });

    /// <summary>What is counted by offer moves to the new one.</summary>
    private static void CollectPlanChange(Subscription before, Subscription after, OfferTerms termsBefore, OfferTerms terms, in Counts counts)
    {
        if (before.OfferId != after.OfferId)
        {
            counts.Move(before.OfferId, GaugeOf(after.Status), 1, null);
            if (HasJoined(after)) counts.Move(before.OfferId, StatisticMetric.CohortSize, 1, StatisticDelta.MonthOf(after.StartedAt!.Value));
        }

        if (!after.IsCurrent) return;
        var was = MonthlyAmount(before, termsBefore);
        var change = MonthlyAmount(after, terms) - was;
        if (before.OfferId != after.OfferId)
        {
            counts.Move(before.OfferId, StatisticMetric.MonthlyRecurringRevenue, was, null);
            counts.Move(before.OfferId, StatisticMetric.RevenueMoved, was, null);
        }

        counts.Add(StatisticMetric.MonthlyRecurringRevenue, change);
        counts.Add(change > 0 ? StatisticMetric.RevenueExpansion : StatisticMetric.RevenueContraction, change);
    }

    private static bool MayMoveBook(SubscriptionEvent e) => e is SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.PlanChanged or SubscriptionEvent.ChangeVoided or
        SubscriptionEvent.PeriodEndMoved or SubscriptionEvent.BillingDateMoved or SubscriptionEvent.BillingDateChanged or
        SubscriptionEvent.CancellationScheduled or SubscriptionEvent.CancellationUndone or SubscriptionEvent.TermEnded;

    private static void CollectBook(Subscription? before, Subscription after, OfferTerms termsBefore, OfferTerms terms, in Counts counts)
    {
        var was = NextRenewal(before, termsBefore);
        var now = NextRenewal(after, terms);
        if (was == now && before?.OfferId == after.OfferId) return;
        if (was is { } gone) counts.AddOf(before!.OfferId, StatisticMetric.StandingBook, -gone.Price, gone.Month);
        if (now is { } comes) counts.Add(StatisticMetric.StandingBook, comes.Price, comes.Month);
    }

    private static (int Month, long Price)? NextRenewal(Subscription? s, OfferTerms terms)
    {
        if (s is not { IsCurrent: true, TermEnded: false, CancellationScheduled: null, CurrentPeriod: { } period }) return null;
        if (RecurrenceRules.IsLastOfTerm(s, terms.Plan)) return null;
        return (StatisticDelta.MonthOf(period.End), InvoiceRules.PriceOf(terms.Offer, s.Quantity, s.AddOns));
    }

    private static void CollectPayment(Subscription before, SubscriptionEvent.ChargeSucceeded e, Subscription after, in Counts counts)
    {
        var invoice = before.FindOpenInvoice(e.Invoice)!;
        var settled = after.FindOpenInvoice(e.Invoice) is null;
        counts.Add(StatisticMetric.Collected, e.Amount);
        if (invoice.Overdue) counts.Add(StatisticMetric.Recovered, 1);
        if (invoice.Renewal && settled) counts.Add(StatisticMetric.RenewalsPaid, 1);
        counts.Correct(StatisticMetric.CanceledCollected, e.Amount);
        counts.Correct(StatisticMetric.CanceledPaidRecurrences, after.PaidRecurrences - before.PaidRecurrences);
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

    /// <summary>Collects the deltas of one event.</summary>
    private readonly struct Counts(int day, Subscription after, List<StatisticDelta> deltas)
    {
        public void Add(StatisticMetric metric, long value, int? slice = null) => AddOf(after.OfferId, metric, value, slice);

        public void AddOf(string offerId, StatisticMetric metric, long value, int? slice)
        {
            if (value != 0) deltas.Add(new StatisticDelta(day, offerId, metric, slice, value));
        }

        public void Move(string fromOfferId, StatisticMetric metric, long value, int? slice)
        {
            AddOf(fromOfferId, metric, -value, slice);
            Add(metric, value, slice);
        }

        /// <summary>What a canceled subscription is worth counts on the day of its cancellation, however late the money moved.</summary>
        public void Correct(StatisticMetric metric, long value)
        {
            if (value == 0 || after is not { Status: SubscriptionStatus.Canceled, Cancellation: { } cancellation }) return;
            var canceledOn = StatisticDelta.DayOf(after.CanceledAt!.Value);
            deltas.Add(new StatisticDelta(canceledOn, after.OfferId, metric, StatisticDelta.SliceOf(cancellation.Origin), value));
        }
    }
}
