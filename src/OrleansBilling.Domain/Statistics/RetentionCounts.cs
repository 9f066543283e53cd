using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>Counts the results of retention offers by variant.</summary>
internal static class RetentionCounts
{
    public static void Collect(in StatisticStep step, in Counts counts)
    {
        switch (step.Event)
        {
            case SubscriptionEvent.RetentionAssigned x:
                // A customer who asks again with another reason counts once, under the newest assignment.
                if (step.Before!.Retention is { Number: >= 0 } earlier) counts.Add(StatisticMetric.RetentionAssigned, -1, earlier.Number);
                if (x.Assignment.Number >= 0) counts.Add(StatisticMetric.RetentionAssigned, 1, x.Assignment.Number);
                break;
            case SubscriptionEvent.RetentionAccepted x:
                counts.Add(StatisticMetric.RetentionAccepted, 1, x.Assignment.Number);
                break;
            case SubscriptionEvent.Canceled { Cancellation.Voluntary: true } when step.Before!.Retention is { Number: >= 0 } assigned:
                counts.Add(StatisticMetric.RetentionLost, 1, assigned.Number);
                break;
            default:
                break;
        }
    }
}
