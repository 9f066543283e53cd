using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>When a subscription's next period starts and is invoiced; null when that will not happen by itself.</summary>
internal static class NextBilling
{
    public static Instant? Of(Subscription s, OfferTerms terms)
    {
        var next = s.Status switch
        {
            SubscriptionStatus.Pending when s.CurrentPeriod is null => FirstPeriod(s, terms),
            SubscriptionStatus.Trialing => s.TrialEnd,
            SubscriptionStatus.Active or SubscriptionStatus.PastDue when !s.TermEnded && !IsLastOfTerm(s, terms.Plan) => s.CurrentPeriod?.End,
            _ => null,
        };
        return s.CancellationScheduled is { } cancellation && cancellation.At <= next ? null : next;
    }

    private static Instant FirstPeriod(Subscription s, OfferTerms terms)
    {
        var start = s.StartAt ?? s.CreatedAt;
        return s.TrialDays > 0 ? BillingCalendar.PlusDays(start, s.TrialDays, terms.Zone) : start;
    }

    private static bool IsLastOfTerm(Subscription s, Plan plan) =>
        plan.Recurrences is { } recurrences && s.CurrentPeriod is { } period && period.Index - s.TermStartIndex + 1 >= recurrences;
}
