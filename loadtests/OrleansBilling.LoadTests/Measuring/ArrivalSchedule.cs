namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// When commands arrive, fixed before the first is sent. A slow system cannot delay arrivals, so its slowness shows as latency.
/// </summary>
internal sealed class ArrivalSchedule
{
    /// <summary>Maximum of arrivals in one schedule.</summary>
    public const int ArrivalsMax = 100_000_000;

    private readonly long[] ticks;

    private ArrivalSchedule(long[] ticks, TimeSpan duration)
    {
        this.ticks = ticks;
        Duration = duration;
    }

    public TimeSpan Duration { get; }

    public int Count => ticks.Length;

    /// <summary>Exponentially distributed gaps, as from many independent customers.</summary>
    /// <param name="perSecond">Average arrivals per second.</param>
    /// <param name="duration">How long arrivals continue.</param>
    /// <param name="seed">The same seed produces the same schedule.</param>
    /// <exception cref="ArgumentOutOfRangeException">There would be more than <see cref="ArrivalsMax"/> arrivals.</exception>
    public static ArrivalSchedule Poisson(double perSecond, TimeSpan duration, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perSecond * duration.TotalSeconds, ArrivalsMax);
        var dice = new LoadDice(seed);
        var meanGap = TimeSpan.TicksPerSecond / perSecond;
        var arrivals = new List<long>((int)(perSecond * duration.TotalSeconds * 1.01) + 16);
        var at = 0d;
        for (var n = 0L; ; n++)
        {
            at -= Math.Log(1 - dice.Share(n)) * meanGap;
            if (at >= duration.Ticks) return new ArrivalSchedule([.. arrivals], duration);
            arrivals.Add((long)at);
        }
    }

    /// <summary>Equal gaps.</summary>
    public static ArrivalSchedule Even(int perSecond, TimeSpan duration)
    {
        var gap = TimeSpan.TicksPerSecond / (double)perSecond;
        return new ArrivalSchedule(
            [.. Enumerable.Range(0, (int)(perSecond * duration.TotalSeconds)).Select(n => (long)(n * gap))], duration);
    }

    /// <summary>When an arrival is due, counted from the start.</summary>
    public TimeSpan At(int arrival) => TimeSpan.FromTicks(ticks[arrival]);
}
