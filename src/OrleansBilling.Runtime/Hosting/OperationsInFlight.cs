namespace OrleansBilling.Runtime.Hosting;

/// <summary>Counts operations in flight and signals when few enough remain.</summary>
internal sealed class OperationsInFlight
{
    private readonly Lock gate = new();
    private readonly List<(int Most, TaskCompletionSource Signal)> waiting = [];
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Begin()
    {
        lock (gate) count++;
    }

    public void End()
    {
        lock (gate)
        {
            count--;
            if (waiting.Count == 0) return;
            for (var n = waiting.Count - 1; n >= 0; n--)
            {
                if (count > waiting[n].Most) continue;
                waiting[n].Signal.TrySetResult();
                waiting.RemoveAt(n);
            }
        }
    }

    /// <summary>Completes when no operation is in flight.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => WhenAtMostAsync(0, cancellationToken);

    /// <summary>Completes when at most <paramref name="most"/> operations are in flight.</summary>
    public Task WhenAtMostAsync(int most, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (count <= most) return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((most, signal));
            return signal.Task.WaitAsync(cancellationToken);
        }
    }
}
