namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// Detects an idle stream: no line arrived, none was answered, and no answer was read. Progress costs one increment; a timer checks for
/// it a few times within the timeout.
/// </summary>
internal sealed class IdleWatch : IAsyncDisposable
{
    private const int Looks = 4;

    private readonly Action rested;
    private readonly ITimer timer;
    private long progress;
    private long seen;
    private int quiet;

    /// <param name="idleMax">How long the stream may be idle.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="rested">Called when the stream is idle for too long, and again while it stays idle.</param>
    public IdleWatch(TimeSpan idleMax, TimeProvider time, Action rested)
    {
        this.rested = rested;
        var look = idleMax / Looks;
        timer = time.CreateTimer(static watch => ((IdleWatch)watch!).Look(), this, look, look);
    }

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
