using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What a subscription gives access to, and until when.</summary>
public static class Access
{
    /// <summary>The statuses that give access.</summary>
    public static IReadOnlyList<SubscriptionStatus> Statuses { get; } =
        [SubscriptionStatus.Trialing, SubscriptionStatus.Active, SubscriptionStatus.PastDue];

    /// <summary>
    /// The first instant without access, as things stand: the end of the trial or of the running period, or an earlier cancellation. Null
    /// without access now. While an invoice is overdue, access goes on until dunning ends it; a renewal moves the end.
    /// </summary>
    public static Instant? Until(Subscription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var end = state.Status switch
        {
            SubscriptionStatus.Trialing => state.TrialEnd,
            SubscriptionStatus.Active or SubscriptionStatus.PastDue => state.CurrentPeriod?.End,
            _ => null,
        };
        return end is { } regular && state.CancellationScheduled?.At is { } canceled ? Instant.Min(regular, canceled) : end;
    }
}
