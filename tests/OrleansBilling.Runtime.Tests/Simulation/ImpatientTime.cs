namespace OrleansBilling.Runtime.Tests.Simulation;

/// <summary>Operational waits are over at once, in the scheduler's own order.</summary>
public sealed class ImpatientTime(TaskScheduler scheduler) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) new Task(() => callback(state)).Start(scheduler);
        return new Fired();
    }

    private sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
