namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Time that skips every wait: a timer fires at once, and its time counts as passed.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long ticks;
    private int timers;

    /// <summary>How many waits were begun.</summary>
    public int Timers => Volatile.Read(ref timers);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref timers);
        Interlocked.Add(ref ticks, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
