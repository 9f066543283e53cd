namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>How far a system has come with what it does by itself, watched from outside.</summary>
internal interface IDueProgress : IAsyncDisposable
{
    /// <summary>How far it had come, and when.</summary>
    IReadOnlyList<RenewalPoint> Points { get; }

    /// <summary>Notes points until it is told to stop.</summary>
    Task WatchAsync(CancellationToken stop);

    /// <summary>Waits until nothing is due or under way; false when it is not within <paramref name="timeout"/>.</summary>
    Task<bool> WaitUntilDoneAsync(TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>How far renewals had come.</summary>
/// <param name="Second">Since they were due.</param>
/// <param name="Invoiced">Renewals invoiced.</param>
/// <param name="Paid">Of these, paid.</param>
internal readonly record struct RenewalPoint(double Second, long Invoiced, long Paid);

/// <summary>Points as they come, from any thread.</summary>
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
