namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>The progress of due work, watched from outside the system.</summary>
/// <param name="poll">The time between two looks.</param>
internal abstract class DueProgress(TimeSpan poll) : IAsyncDisposable
{
    private readonly List<RenewalPoint> points = [];
    private readonly Lock gate = new();

    /// <summary>The recorded progress over time.</summary>
    public IReadOnlyList<RenewalPoint> Points
    {
        get
        {
            lock (gate) return [.. points];
        }
    }

    /// <summary>Records points until stopped.</summary>
    public async Task WatchAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(poll);
        try
        {
            do await NoteAsync(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watch ends this way.
        }
    }

    /// <summary>Waits until nothing is due or in progress; returns false after <paramref name="timeout"/>.</summary>
    public abstract Task<bool> WaitUntilDoneAsync(TimeSpan timeout, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads the present progress.</summary>
    protected abstract Task<RenewalPoint> LookAsync(CancellationToken cancellationToken);

    /// <summary>Records one point.</summary>
    protected async Task NoteAsync(CancellationToken cancellationToken)
    {
        var point = await LookAsync(cancellationToken);
        lock (gate) points.Add(point);
    }
}

/// <summary>The progress of renewals at one moment.</summary>
/// <param name="Second">Seconds since the renewals were due.</param>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Invoiced renewals that are paid.</param>
internal readonly record struct RenewalPoint(double Second, long Invoiced, long Paid);
