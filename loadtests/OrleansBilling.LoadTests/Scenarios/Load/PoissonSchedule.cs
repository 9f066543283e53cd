namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>
/// When commands arrive, fixed before the first is sent: gaps of an exponential distribution, as from many customers who
/// know nothing of each other. A slow system cannot slow it down, so its slowness shows as latency.
/// </summary>
internal sealed class PoissonSchedule
{
    /// <summary>The most arrivals of one schedule.</summary>
    public const int ArrivalsMax = 100_000_000;

    private readonly long[] ticks;

    private PoissonSchedule(long[] ticks, TimeSpan duration)
    {
        this.ticks = ticks;
        Duration = duration;
    }

    public TimeSpan Duration { get; }

    public int Count => ticks.Length;

    /// <param name="perSecond">Arrivals a second, on average.</param>
    /// <param name="duration">How long they go on.</param>
    /// <param name="seed">The same seed makes the same schedule.</param>
    /// <exception cref="ArgumentOutOfRangeException">There would be more than <see cref="ArrivalsMax"/>.</exception>
    public static PoissonSchedule Make(int perSecond, TimeSpan duration, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perSecond * duration.TotalSeconds, ArrivalsMax);
        var dice = new LoadDice(seed);
        var meanGap = (double)TimeSpan.TicksPerSecond / perSecond;
        var arrivals = new List<long>((int)(perSecond * duration.TotalSeconds * 1.01) + 16);
        var at = 0d;
        for (var n = 0L; ; n++)
        {
            at -= Math.Log(1 - dice.Share(n)) * meanGap;
            if (at >= duration.Ticks) return new PoissonSchedule([.. arrivals], duration);
            arrivals.Add((long)at);
        }
    }

    /// <summary>After the start.</summary>
    public TimeSpan At(int arrival) => TimeSpan.FromTicks(ticks[arrival]);
}
