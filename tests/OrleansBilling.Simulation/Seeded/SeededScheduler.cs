namespace OrleansBilling.Simulation.Seeded;

/// <summary>
/// Runs everything on one thread; a seeded random generator chooses what runs next. One seed always gives one interleaving.
/// Continuations of tasks that started here run here too.
/// </summary>
public sealed class SeededScheduler(int seed) : TaskScheduler
{
    private const int StepsMax = 2_000_000;

    private readonly List<Task> ready = [];
    private readonly Random dice = new(seed);

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs until <paramref name="main"/> completes; throws when nothing is left to run before that.</summary>
    public void Run(Func<Task> main)
    {
        // With the test runner's context in place, awaits would resume there instead of here.
        SynchronizationContext.SetSynchronizationContext(null);
        var task = Task.Factory.StartNew(main, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();
        for (var step = 0; !task.IsCompleted; step++)
        {
            if (step == StepsMax) throw new InvalidOperationException("Livelock: too many steps.");
            if (ready.Count == 0) throw new InvalidOperationException("Deadlock: nothing is ready to run, but the main task waits.");
            var chosen = dice.Next(ready.Count);
            var next = ready[chosen];
            ready.RemoveAt(chosen);
            TryExecuteTask(next);
        }

        task.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task) => ready.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => ready;
}
