using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>When a declined charge is retried (see "Dunning" in the domain's README).</summary>
public static class RetrySchedule
{
    /// <summary>The most declined attempts on one payment method within <see cref="AttemptWindow"/>, whatever the policy.</summary>
    public const int AttemptsMax = 20;

    /// <summary>The most declined attempts that a subscription stores, over all its payment methods.</summary>
    public const int DeclinesRememberedMax = 5 * AttemptsMax;

    /// <summary>The rolling window for <see cref="AttemptsMax"/>.</summary>
    public static readonly Duration AttemptWindow = Duration.FromDays(30);

    /// <summary>
    /// When retry <paramref name="retry"/> (from 1) is due: the policy's gap in calendar days after the last attempt, at the
    /// local time of day of the first one. Null if the retries or the window are used up.
    /// </summary>
    public static Instant? Next(DunningPolicy policy, Instant firstAttempt, Instant lastAttempt, int retry, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (retry > policy.MaxRetries) return null;
        var timeOfDay = firstAttempt.InZone(zone).TimeOfDay;
        var day = lastAttempt.InZone(zone).Date.PlusDays(policy.GapDays(retry));
        var next = BillingCalendar.ToInstant(day + timeOfDay, zone);
        return next > WindowEnd(policy, firstAttempt, zone) ? null : next;
    }

    /// <summary>The last instant at which a retry may be made.</summary>
    public static Instant WindowEnd(DunningPolicy policy, Instant firstAttempt, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return BillingCalendar.PlusDays(firstAttempt, policy.WindowDays, zone);
    }
}
