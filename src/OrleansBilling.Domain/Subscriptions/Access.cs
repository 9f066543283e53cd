using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a subscription gives access to, and until when.</summary>
public static class Access
{
    /// <summary>The only statuses in which a subscription may give access.</summary>
    public static readonly ImmutableArray<SubscriptionStatus> Statuses =
        [SubscriptionStatus.Trialing, SubscriptionStatus.Active, SubscriptionStatus.PastDue];

    /// <summary>
    /// The first instant without access, as things stand: the end of the trial or of the running period, or an earlier cancellation. Null
    /// without access now. While an invoice is overdue, access goes on until dunning ends it. A renewal moves the end; one that is late
    /// does not take access away.
    /// </summary>
    public static Instant? Until(Subscription state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var end = state.Status switch
        {
            SubscriptionStatus.Trialing => state.TrialEnd,
            SubscriptionStatus.Active or SubscriptionStatus.PastDue => state.CurrentPeriod?.End,
            _ => null,
        };
        if (end is not { } regular || state.CancellationScheduled?.At is not { } canceled) return end;
        return canceled <= now ? null : Instant.Min(regular, canceled);
    }
}
