using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>Counts changes of monthly recurring revenue, net of the discounts in force, and what those discounts take off.</summary>
internal static class RevenueRules
{
    public static void Collect(in StatisticStep step, in Counts counts)
    {
        var (before, after) = (step.Before, step.After);
        if (before?.Status == after.Status && step.Was == step.Is &&
            step.Event is not (
                SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.PlanChanged or SubscriptionEvent.ChangeVoided)) return;
        var (had, has) = (RecurringRevenue.Counts(before), RecurringRevenue.Counts(after));
        if (!had && !has) return;

        var was = had ? RecurringRevenue.NetMonthly(before!, step.TermsBefore) : 0;
        var now = has ? RecurringRevenue.NetMonthly(after, step.Terms) : 0;
        if (had && has && step.MovesOffer) Carry(step, was, counts);
        counts.Add(StatisticMetric.MonthlyRecurringRevenue, now - was);
        counts.Add(MovementOf(step, had, has, now - was), now - was);
        CollectDiscounts(step, had, has, was, now, counts);
    }

    private static void Carry(in StatisticStep step, long was, in Counts counts)
    {
        counts.AddOf(step.TermsBefore, StatisticMetric.MonthlyRecurringRevenue, -was);
        counts.AddOf(step.TermsBefore, StatisticMetric.RevenueMoved, -was);
        counts.Add(StatisticMetric.MonthlyRecurringRevenue, was);
        counts.Add(StatisticMetric.RevenueMoved, was);
    }

    private static void CollectDiscounts(in StatisticStep step, bool had, bool has, long was, long now, in Counts counts)
    {
        var off = had && !step.Before!.Discounts.IsEmpty ? RecurringRevenue.ListMonthly(step.Before, step.TermsBefore) - was : 0;
        var takesOff = has && !step.After.Discounts.IsEmpty ? RecurringRevenue.ListMonthly(step.After, step.Terms) - now : 0;
        if (step.MovesOffer)
        {
            counts.AddOf(step.TermsBefore, StatisticMetric.MonthlyDiscounts, -off);
            counts.Add(StatisticMetric.MonthlyDiscounts, takesOff);
        }
        else
        {
            counts.Add(StatisticMetric.MonthlyDiscounts, takesOff - off);
        }
    }

    private static StatisticMetric MovementOf(in StatisticStep step, bool had, bool has, long change)
    {
        if (had && has) return change > 0 ? StatisticMetric.RevenueExpansion : StatisticMetric.RevenueContraction;
        if (has)
        {
            if (step.Was) return StatisticMetric.RevenueResumed;
            return step.IsFirst ? StatisticMetric.RevenueNew : StatisticMetric.RevenueReactivation;
        }

        if (step.Is) return StatisticMetric.RevenuePaused;
        return step.After.Status == SubscriptionStatus.Completed ? StatisticMetric.RevenueCompleted : StatisticMetric.RevenueChurn;
    }
}
