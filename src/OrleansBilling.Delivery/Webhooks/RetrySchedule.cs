namespace OrleansBilling.Delivery.Webhooks;

/// <summary>When a delivery that failed is tried again.</summary>
public static class RetrySchedule
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24), // and every 24 hours from then on
    ];

    /// <param name="failedAttempts">How often it has failed by now, from 1.</param>
    /// <param name="retryAfter">How long the other side asks to be left alone; it gets at least that.</param>
    /// <param name="random">Uniform from 0 to 1: spreads by ±10 % what failed at one instant, so it does not come back at one.</param>
    public static TimeSpan Delay(int failedAttempts, TimeSpan? retryAfter, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failedAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(random);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(random, 1);
        var delay = Delays[Math.Min(failedAttempts, Delays.Length) - 1] * (1 + (Jitter * ((2 * random) - 1)));
        return retryAfter > delay ? retryAfter.Value : delay;
    }
}
