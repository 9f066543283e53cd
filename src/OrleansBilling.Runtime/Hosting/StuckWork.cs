using System.Collections.Concurrent;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// What this process knows of due subscriptions that failed: each waits longer from failure to failure, a second at first,
/// an hour at most, and from the third on in quarantine. It is forgotten with the process; what is in quarantine is not.
/// </summary>
internal sealed class StuckWork(TimeProvider time)
{
    /// <summary>As many failures, and a subscription is quarantined.</summary>
    public const int FailuresUntilQuarantine = 3;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromHours(1);

    private const int RememberedMax = 100_000;
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Failing> failing = new(StringComparer.Ordinal);

    /// <summary>How long it waits after so many failures.</summary>
    public static TimeSpan WaitAfter(int failures) =>
        failures > 12 ? WaitMax : TimeSpan.FromTicks(Math.Min(WaitMin.Ticks << (failures - 1), WaitMax.Ticks));

    /// <summary>Whether it failed a moment ago, and nothing has changed it since.</summary>
    public bool IsWaiting(StoredSubscription due) =>
        failing.TryGetValue(due.SubscriptionId, out var known) && known.Version == due.Version &&
            time.GetElapsedTime(known.At) < known.Wait;

    /// <summary>It failed; how many times now.</summary>
    /// <param name="due">As it was due.</param>
    /// <param name="quarantines">Whether there is a quarantine.</param>
    public int Fail(StoredSubscription due, bool quarantines)
    {
        if (failing.Count >= RememberedMax) failing.Clear();
        var failures = failing.TryGetValue(due.SubscriptionId, out var known) && known.Version == due.Version ? known.Failures + 1 : 1;

        // In quarantine it is the database that has it wait, so that an operator's release takes effect at once.
        var wait = !quarantines || failures < FailuresUntilQuarantine ? WaitAfter(failures) : TimeSpan.Zero;
        failing[due.SubscriptionId] = new Failing(due.Version, failures, time.GetTimestamp(), wait);
        return failures;
    }

    /// <summary>It went on.</summary>
    public void Forget(string subscriptionId)
    {
        if (!failing.IsEmpty) failing.TryRemove(subscriptionId, out _);
    }

    private readonly record struct Failing(long Version, int Failures, long At, TimeSpan Wait);
}
