namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>Timers that fire only when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<ManualTimer> timers = [];

    public int TimersRunning
    {
        get
        {
            lock (guard) return timers.Count;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (guard) timers.Add(timer);
        return timer;
    }

    /// <summary>Fires all running timers.</summary>
    public void RunOut()
    {
        ManualTimer[] due;
        lock (guard) due = [.. timers];
        foreach (var timer in due) timer.Fire();
    }

    private void Remove(ManualTimer timer)
    {
        lock (guard) timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public void Fire()
        {
            time.Remove(this);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
