using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Background;

/// <summary>Goes through what is old, slice by slice, beside the commands. After a full slice the next one follows soon.</summary>
public sealed class Sweep : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Between two transactions, so that commits are not held up.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    private readonly Func<CancellationToken, ValueTask<int>> slice;
    private readonly int sliceMax;
    private readonly BackgroundWork work;

    /// <param name="name">What it does, as the subject of a sentence.</param>
    /// <param name="slice">Takes the oldest and returns how many those were.</param>
    /// <param name="sliceMax">The most that are taken at once, in one transaction.</param>
    /// <param name="time">Operational time, to wait.</param>
    /// <param name="logger">Where it logs.</param>
    public Sweep(string name, Func<CancellationToken, ValueTask<int>> slice, int sliceMax, TimeProvider time, ILogger<Sweep> logger)
    {
        (this.slice, this.sliceMax) = (slice, sliceMax);
        work = new BackgroundWork(name, RoundAsync, Interval, time, logger);
    }

    public void Start() => work.Start(Interval);

    public async ValueTask DisposeAsync()
    {
        await work.StopAsync();
        work.Dispose();
    }

    /// <summary>Takes one slice. Returns how long to wait before the next.</summary>
    public async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken) =>
        await slice(cancellationToken) >= sliceMax ? Breath : Interval;
}
