using System.Collections.Concurrent;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// What this process knows about due subscriptions that failed. The wait doubles with each failure, from
/// one second to one hour; from the third failure on the subscription is in quarantine. This memory is lost
/// with the process; the quarantine is not.
/// </summary>
internal sealed class StuckWork(TimeProvider time)
{
    /// <summary>A subscription with this many failures goes to quarantine.</summary>
    public const int FailuresUntilQuarantine = 3;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromHours(1);

    private const int RememberedMax = 100_000;
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Failing> failing = new(StringComparer.Ordinal);

    /// <summary>The wait after this many failures.</summary>
    public static TimeSpan WaitAfter(int failures) =>
        failures > 12 ? WaitMax : TimeSpan.FromTicks(Math.Min(WaitMin.Ticks << (failures - 1), WaitMax.Ticks));

    /// <summary>Whether the subscription failed recently, still waits, and has not changed since.</summary>
    public bool IsWaiting(StoredSubscription due) =>
        failing.TryGetValue(due.SubscriptionId, out var known) && known.Version == due.Version &&
            time.GetElapsedTime(known.At) < known.Wait;

    /// <summary>Records a failure; returns the number of failures at this version.</summary>
    /// <param name="due">The subscription as it was due.</param>
    /// <param name="quarantines">Whether there is a quarantine.</param>
    public int Fail(StoredSubscription due, bool quarantines)
    {
        if (failing.Count >= RememberedMax) failing.Clear();
        var failures = failing.TryGetValue(due.SubscriptionId, out var known) && known.Version == due.Version ? known.Failures + 1 : 1;

        // In quarantine the database holds the subscription back, so that an operator's release takes effect at once.
        var wait = !quarantines || failures < FailuresUntilQuarantine ? WaitAfter(failures) : TimeSpan.Zero;
        failing[due.SubscriptionId] = new Failing(due.Version, failures, time.GetTimestamp(), wait);
        return failures;
    }

    /// <summary>The subscription moved on. Returns how often it had failed.</summary>
    public int Forget(string subscriptionId) =>
        !failing.IsEmpty && failing.TryRemove(subscriptionId, out var known) ? known.Failures : 0;

    private readonly record struct Failing(long Version, int Failures, long At, TimeSpan Wait);
}
