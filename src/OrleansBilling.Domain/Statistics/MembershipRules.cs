using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>Counts who joins and who leaves the subscriber population and how, lost trials, and first payments that never came.</summary>
internal static class MembershipRules
{
    public static void Collect(in StatisticStep step, in Counts counts)
    {
        if (step.Before?.Status == SubscriptionStatus.Trialing && step.After.Status != SubscriptionStatus.Trialing)
            counts.AddAt(EndOfTrial(step), StatisticMetric.TrialsEnded, 1);
        if (!step.Was && step.Is) Join(step, counts);
        else if (step.Was && !step.Is) Leave(step, counts);
        else if (step.Is && step.MovesOffer) Move(step, counts);

        switch (step.Event)
        {
            case SubscriptionEvent.Canceled x:
                CollectCancellation(step, x, counts);
                break;
            case SubscriptionEvent.Reactivated { GoesOn: true } when step.Before!.CanceledAt is { } left:
                // The period was counted as left at the cancellation, but it continues.
                counts.AddAt(left, StatisticMetric.PeriodsLeft, -1);
                break;
            case SubscriptionEvent.Expired:
                NeverPaid(step, null, counts);
                break;
            case SubscriptionEvent.ChargeSucceeded when step.IsPaidAfterTheEnd:
                JoinLate(step, counts);
                break;
            default:
                break;
        }
    }

    /// <summary>Corrects the value of a canceled subscriber on the day of the cancellation, however late money moves.</summary>
    public static void Correct(in StatisticStep step, in Counts counts)
    {
        var (before, after) = (step.Before!, step.After);
        if (after.LifetimePaid == before.LifetimePaid && after.PaidRecurrences == before.PaidRecurrences) return;
        if (!Population.WasCanceledAsSubscriber(before) || after.Status != SubscriptionStatus.Canceled) return;
        var origin = StatisticDelta.SliceOf(after.Cancellation!.Origin);
        counts.AddAt(after.CanceledAt!.Value, StatisticMetric.CanceledCollected, Worth(after, step) - Worth(before, step), origin);
        counts.AddAt(
            after.CanceledAt.Value, StatisticMetric.CanceledPaidRecurrences, after.PaidRecurrences - before.PaidRecurrences, origin);
    }

    private static void Join(in StatisticStep step, in Counts counts)
    {
        var cohort = CohortOf(step.After, counts);
        counts.Add(StatisticMetric.Subscribers, 1);
        counts.Add(StatisticMetric.CohortSize, 1, cohort);
        if (!step.IsFirst)
        {
            counts.Add(StatisticMetric.Reactivated, 1);
            return;
        }

        counts.Add(StatisticMetric.New, 1);
        counts.Add(StatisticMetric.CohortJoined, 1, cohort);
        if (FollowsItsTrial(step)) counts.AddAt(step.After.TrialEnd!.Value, StatisticMetric.TrialsConverted, 1);
    }

    private static void Leave(in StatisticStep step, in Counts counts)
    {
        var cohort = CohortOf(step.After, counts);
        counts.Add(StatisticMetric.Subscribers, -1);
        counts.Add(StatisticMetric.CohortSize, -1, cohort);
        if (step.After.Status != SubscriptionStatus.Completed) return;
        counts.Add(StatisticMetric.TermsCompleted, 1);
        counts.Add(StatisticMetric.CohortCompleted, 1, cohort);
    }

    private static void Move(in StatisticStep step, in Counts counts)
    {
        var started = StartOf(step.After);
        counts.AddOf(step.TermsBefore, StatisticMetric.Subscribers, -1);
        counts.AddOf(step.TermsBefore, StatisticMetric.CohortSize, -1, StatisticDelta.MonthOf(started, step.TermsBefore.Zone));
        counts.Add(StatisticMetric.Subscribers, 1);
        counts.Add(StatisticMetric.CohortSize, 1, CohortOf(step.After, counts));
    }

    private static void CollectCancellation(in StatisticStep step, SubscriptionEvent.Canceled e, in Counts counts)
    {
        if (step.Was)
        {
            CountCancellation(step, counts);
            counts.AddNamed(StatisticMetric.CancellationsByReason, ReasonNames.Of(e.Cancellation.Reason), 1);
            if (step.Before!.CurrentPeriod is not null && !Population.OwesCurrentPeriod(step.Before))
                counts.Add(StatisticMetric.PeriodsLeft, 1);
        }
        else if (step.Before!.Status == SubscriptionStatus.Trialing)
        {
            counts.Add(StatisticMetric.TrialsLost, 1);
            counts.AddNamed(StatisticMetric.TrialsLostByReason, ReasonNames.Of(e.Cancellation.Reason), 1);
        }
        else
        {
            NeverPaid(step, e.Cancellation.Reason, counts);
        }
    }

    private static void CountCancellation(in StatisticStep step, in Counts counts)
    {
        var s = step.After;
        var (origin, day) = (StatisticDelta.SliceOf(s.Cancellation!.Origin), s.CanceledAt!.Value);
        counts.AddAt(day, StatisticMetric.Cancellations, 1, origin);
        counts.AddAt(day, StatisticMetric.CanceledLifetimeSeconds, (long)(day - StartOf(s)).TotalSeconds, origin);
        counts.AddAt(day, StatisticMetric.CanceledCollected, Worth(s, step), origin);
        counts.AddAt(day, StatisticMetric.CanceledPaidRecurrences, s.PaidRecurrences, origin);
    }

    /// <summary>Counts under the last decline code, or under the reason of the cancellation if nothing was declined.</summary>
    private static void NeverPaid(in StatisticStep step, string? reason, in Counts counts)
    {
        string? code = null;
        foreach (var invoice in step.Before!.OpenInvoices) code = invoice.LastCode ?? code;
        counts.Add(StatisticMetric.NeverPaid, 1);
        counts.AddNamed(StatisticMetric.NeverPaidByCode, ReasonNames.Of(code ?? reason), 1);
    }

    private static void JoinLate(in StatisticStep step, in Counts counts)
    {
        var s = step.After;
        var day = s.CanceledAt!.Value;
        counts.AddAt(day, StatisticMetric.NeverPaid, -1);
        counts.AddAt(day, StatisticMetric.New, 1);
        counts.AddAt(day, StatisticMetric.CohortJoined, 1, CohortOf(s, counts));
        if (s.TrialEnd is { } trialEnd) counts.AddAt(trialEnd, StatisticMetric.TrialsConverted, 1);
        CountCancellation(step, counts);
        counts.AddNamed(day, StatisticMetric.CancellationsByReason, ReasonNames.Of(s.Cancellation!.Reason), 1);
    }

    /// <summary>False when a lost trial is reactivated later: it is then pending until its payment, or free.</summary>
    private static bool FollowsItsTrial(in StatisticStep step) => step.Before is { TrialStart: not null } before && before.Status switch
    {
        SubscriptionStatus.Trialing or SubscriptionStatus.PastDue or SubscriptionStatus.Paused => true,
        SubscriptionStatus.Active => before.CurrentPeriod is not null,
        _ => false,
    };

    /// <summary>
    /// A trial that was ended by cancellation or early ends with the event. Any other trial ends when it was due to end, even if
    /// the event comes later.
    /// </summary>
    private static Instant EndOfTrial(in StatisticStep step) =>
        step.After.HasEnded || step.After.TrialEnd is not { } end || end > step.Event.At ? step.Event.At : end;

    private static long Worth(Subscription s, in StatisticStep step) =>
        Taxes.WithoutTax(step.Terms.Product.Tax, s.Customer.Country, s.LifetimePaid);

    private static Instant StartOf(Subscription s) => s.StartedAt ?? s.UpdatedAt;

    private static int CohortOf(Subscription s, in Counts counts) => StatisticDelta.MonthOf(StartOf(s), counts.Zone);
}
