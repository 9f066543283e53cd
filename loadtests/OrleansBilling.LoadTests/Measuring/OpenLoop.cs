using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Starts every command at its scheduled time, even if earlier ones have no answer yet. At the limit of commands in flight the
/// sender waits; that wait counts as latency, and so does every late wake-up of the sender.
/// </summary>
internal sealed class OpenLoop(ArrivalSchedule schedule, int inFlightMax)
{
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);
    private int heldBack;
    private Exception? fault;

    /// <summary>Commands that waited because too many were in flight.</summary>
    public int HeldBack => Volatile.Read(ref heldBack);

    /// <summary>Starts all commands and waits until they end.</summary>
    /// <param name="send">
    /// Starts the command with this number, intended at this timestamp. Returns null when there are no more commands.
    /// </param>
    /// <param name="startedAt">Timestamp from which the schedule counts.</param>
    /// <param name="stop">Stops starting commands and stops waiting for them.</param>
    public async Task RunAsync(Func<int, long, Task?> send, long startedAt, CancellationToken stop)
    {
        using var room = new SemaphoreSlim(inFlightMax);

        // A dedicated thread: when the system runs in this process, the thread pool belongs to the system.
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
