using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Begins every command at its own time, whatever became of those before. Where more would be in flight than may be, the
/// sender waits, and the wait counts as latency, as does every millisecond that it oversleeps.
/// </summary>
internal sealed class OpenLoop(ArrivalSchedule schedule, int inFlightMax)
{
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);
    private int heldBack;
    private Exception? fault;

    /// <summary>Commands that had to wait because too many were in flight.</summary>
    public int HeldBack => Volatile.Read(ref heldBack);

    /// <summary>Begins them all and waits for their ends.</summary>
    /// <param name="send">
    /// Begins the command with this number, intended at this timestamp. Null when there are no more.
    /// </param>
    /// <param name="startedAt">Timestamp from which the schedule counts.</param>
    /// <param name="stop">Begins no more, and waits no longer.</param>
    public async Task RunAsync(Func<int, long, Task?> send, long startedAt, CancellationToken stop)
    {
        using var room = new SemaphoreSlim(inFlightMax);

        // A thread of its own: the pool's belong to the system when it runs in this process.
        await Task.Factory.StartNew(
            () => SendAll(send, room, startedAt, stop), CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        for (var n = 0; n < inFlightMax && !stop.IsCancellationRequested; n++)
            await room.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fault is not null) throw new LoadTestException($"A command was lost: {fault.Message}", fault);
    }

    private void SendAll(Func<int, long, Task?> send, SemaphoreSlim room, long startedAt, CancellationToken stop)
    {
        for (var n = 0; n < schedule.Count; n++)
        {
            var due = schedule.At(n);
            for (var early = due - Stopwatch.GetElapsedTime(startedAt); early > TimeSpan.Zero &&
                !stop.IsCancellationRequested; early = due - Stopwatch.GetElapsedTime(startedAt))
                stop.WaitHandle.WaitOne(early < SleepMin ? SleepMin : early);

            if (stop.IsCancellationRequested) return;
            if (!room.Wait(0, CancellationToken.None))
            {
                Interlocked.Increment(ref heldBack);
                if (!WaitForRoom(room, stop)) return;
            }

            if (send(n, startedAt + (long)(due.TotalSeconds * Stopwatch.Frequency)) is { } sent)
            {
                _ = LeaveAsync(sent, room);
                continue;
            }

            room.Release();
            return;
        }
    }

    private static bool WaitForRoom(SemaphoreSlim room, CancellationToken stop)
    {
        try
        {
            room.Wait(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task LeaveAsync(Task sent, SemaphoreSlim room)
    {
        try
        {
            await sent;
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref fault, exception, null);
        }

        room.Release();
    }
}
