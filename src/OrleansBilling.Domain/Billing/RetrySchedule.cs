using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>When a declined charge is tried again (see "Dunning" in the domain's README).</summary>
public static class RetrySchedule
{
    /// <summary>No payment method sees more declined attempts than this in <see cref="AttemptWindow"/>, whatever the policy.</summary>
    public const int AttemptsMax = 20;

    /// <summary>The most declined attempts that a subscription remembers, over all its payment methods.</summary>
    public const int DeclinesRememberedMax = 5 * AttemptsMax;

    /// <summary>The rolling window of <see cref="AttemptsMax"/>.</summary>
    public static readonly Duration AttemptWindow = Duration.FromDays(30);

    /// <summary>
    /// The instant of retry <paramref name="retry"/> (from 1): the gap counted in calendar days from the last attempt,
    /// at the local time of day of the first one; null when the number of retries or the window is used up.
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
