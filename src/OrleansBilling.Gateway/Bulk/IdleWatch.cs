namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// Tells when a stream has rested for too long: nothing came, nothing was answered, nothing was taken off the answers.
/// Progress costs an increment; a timer looks for it a few times within the time-out.
/// </summary>
internal sealed class IdleWatch : IAsyncDisposable
{
    private const int Looks = 4;

    private readonly Action rested;
    private readonly ITimer timer;
    private long progress;
    private long seen;
    private int quiet;

    /// <param name="idleMax">How long it may rest.</param>
    /// <param name="time">By which clock.</param>
    /// <param name="rested">What to do then; called again while it goes on resting.</param>
    public IdleWatch(TimeSpan idleMax, TimeProvider time, Action rested)
    {
        this.rested = rested;
        var look = idleMax / Looks;
        timer = time.CreateTimer(static watch => ((IdleWatch)watch!).Look(), this, look, look);
    }

    /// <summary>Something went on.</summary>
    public void Progress() => Interlocked.Increment(ref progress);

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Look()
    {
        var now = Interlocked.Read(ref progress);
        quiet = now == seen ? quiet + 1 : 0;
        seen = now;
        if (quiet >= Looks) rested();
    }
}
