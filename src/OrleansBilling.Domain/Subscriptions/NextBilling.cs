using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>When a subscription's next period starts and is invoiced; null if that does not happen by itself.</summary>
public static class NextBilling
{
    public static Instant? Of(Subscription s, OfferTerms terms)
    {
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(terms);
        var next = s.Status switch
        {
            SubscriptionStatus.Pending when s.CurrentPeriod is null => FirstPeriod(s, terms),
            SubscriptionStatus.Trialing => s.TrialEnd,
            SubscriptionStatus.Active or SubscriptionStatus.PastDue when !s.TermEnded && !IsLastOfTerm(s, terms.Plan) => AfterPeriod(s),
            SubscriptionStatus.Paused when s.IsPausedOnRequest && s.PausedUntil is { } until && !IsLastOfTerm(s, terms.Plan) =>
                AfterPause(s, until),
            _ => null,
        };
        return s.CancellationScheduled is { } cancellation && cancellation.At <= next ? null : next;
    }

    private static Instant FirstPeriod(Subscription s, OfferTerms terms)
    {
        var start = s.StartAt ?? s.CreatedAt;
        return s.TrialDays > 0 ? BillingCalendar.PlusDays(start, s.TrialDays, terms.Zone) : start;
    }

    /// <summary>A scheduled pause delays the next period, unless the current period outlasts the pause.</summary>
    private static Instant? AfterPeriod(Subscription s) => (s.CurrentPeriod?.End, s.PauseScheduled) switch
    {
        (var end, null) => end,
        (_, { Until: null }) => null,
        ({ } end, { Until: { } until }) => Instant.Max(end, until),
        _ => null,
    };

    /// <summary>When the pause ends, the rest of the paused period continues. If nothing was left of it, the next starts at once.</summary>
    private static Instant AfterPause(Subscription s, Instant until)
    {
        var (pausedAt, end) = (s.PausedAt!.Value, s.CurrentPeriod!.End);
        return end > pausedAt ? end + (until - pausedAt) : until;
    }

    /// <summary>The terms of a scheduled change to another offer are not known here; the subscription is assumed to continue.</summary>
    private static bool IsLastOfTerm(Subscription s, Plan plan) =>
        (s.ScheduledChange is null || s.ScheduledChange.OfferId == s.OfferId) &&
        plan.Recurrences is { } recurrences && s.CurrentPeriod is { } period && period.Index - s.TermStartIndex + 1 >= recurrences;
}
