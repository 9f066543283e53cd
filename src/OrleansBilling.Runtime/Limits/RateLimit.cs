using System.Collections.Concurrent;

namespace OrleansBilling.Runtime.Limits;

/// <summary>
/// Limits how often each caller does something: a number per second, and a burst after a pause. A caller is one number, the time at
/// which its burst is whole again (the generic cell rate algorithm). The limiters of .NET that do the same cannot be given a clock.
/// Each process counts for itself.
/// </summary>
/// <param name="perSecond">How often, in the long run.</param>
/// <param name="burst">How often at once, after a pause.</param>
/// <param name="callersMax">The most callers tracked. Beyond that, those whose burst is whole are dropped, and if that is not
/// enough, all.</param>
public sealed class RateLimit<TCaller>(int perSecond, int burst, int callersMax, TimeProvider time)
    where TCaller : notnull
{
    private readonly ConcurrentDictionary<TCaller, Bucket> buckets = new();
    private readonly long step = Math.Max(1, time.TimestampFrequency / perSecond);

    /// <summary>How long a caller that used all of its burst waits until the burst is whole again.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds((double)burst / perSecond);

    /// <summary>Counts one, unless the caller has to wait for it.</summary>
    public RateVerdict Take(TCaller caller)
    {
        var (bucket, now) = (Find(caller), time.GetTimestamp());
        while (true)
        {
            var before = Volatile.Read(ref bucket.WholeAt);
            var after = Math.Max(before, now) + step;
            var wait = after - now - (burst * step);
            if (wait > 0) return new RateVerdict(false, 0, Span(before - now), Span(wait));
            if (Interlocked.CompareExchange(ref bucket.WholeAt, after, before) == before)
                return new RateVerdict(true, -wait / step, Span(after - now), TimeSpan.Zero);
        }
    }

    /// <summary>Counts one, and returns how long the caller has to wait before doing it.</summary>
    public TimeSpan Reserve(TCaller caller)
    {
        var (bucket, now) = (Find(caller), time.GetTimestamp());
        while (true)
        {
            var before = Volatile.Read(ref bucket.WholeAt);
            var after = Math.Max(before, now) + step;
            if (Interlocked.CompareExchange(ref bucket.WholeAt, after, before) == before)
                return Span(Math.Max(0, after - now - (burst * step)));
        }
    }

    private Bucket Find(TCaller caller)
    {
        if (buckets.TryGetValue(caller, out var found)) return found;
        if (buckets.Count >= callersMax) Sweep();
        return buckets.GetOrAdd(caller, static _ => new Bucket());
    }

    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (caller, bucket) in buckets)
        {
            if (Volatile.Read(ref bucket.WholeAt) <= now) buckets.TryRemove(caller, out _);
        }

        if (buckets.Count >= callersMax) buckets.Clear();
    }

    private TimeSpan Span(long timestamps) => TimeSpan.FromSeconds((double)timestamps / time.TimestampFrequency);

    private sealed class Bucket
    {
        public long WholeAt = long.MinValue / 2;
    }
}

/// <summary>Whether something may be done now.</summary>
/// <param name="Remaining">How often more at once.</param>
/// <param name="UntilWhole">When the whole burst is there again.</param>
/// <param name="RetryAfter">When it may be done; zero if now.</param>
public readonly record struct RateVerdict(bool IsAllowed, long Remaining, TimeSpan UntilWhole, TimeSpan RetryAfter);
