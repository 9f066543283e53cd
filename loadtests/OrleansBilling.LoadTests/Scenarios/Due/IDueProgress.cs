namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>The progress of due work, watched from outside the system.</summary>
internal interface IDueProgress : IAsyncDisposable
{
    /// <summary>The recorded progress over time.</summary>
    IReadOnlyList<RenewalPoint> Points { get; }

    /// <summary>Records points until stopped.</summary>
    Task WatchAsync(CancellationToken stop);

    /// <summary>Waits until nothing is due or in progress; returns false after <paramref name="timeout"/>.</summary>
    Task<bool> WaitUntilDoneAsync(TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>The progress of renewals at one moment.</summary>
/// <param name="Second">Seconds since the renewals were due.</param>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Invoiced renewals that are paid.</param>
internal readonly record struct RenewalPoint(double Second, long Invoiced, long Paid);

/// <summary>Collects points; safe for concurrent use.</summary>
internal sealed class RenewalPoints
{
    private readonly List<RenewalPoint> points = [];
    private readonly Lock gate = new();

    public IReadOnlyList<RenewalPoint> All
    {
        get
        {
            lock (gate) return [.. points];
        }
    }

    public void Add(RenewalPoint point)
    {
        lock (gate) points.Add(point);
    }
}
