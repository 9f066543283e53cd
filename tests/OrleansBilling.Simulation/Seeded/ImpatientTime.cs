namespace OrleansBilling.Simulation.Seeded;

/// <summary>Short operational waits end at once, in the scheduler's order; timeouts never fire by themselves.</summary>
public sealed class ImpatientTime(TaskScheduler scheduler) : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < Short) new Task(() => callback(state)).Start(scheduler);
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
