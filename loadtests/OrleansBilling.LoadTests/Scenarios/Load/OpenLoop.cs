using System.Diagnostics;

namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>
/// Sends every command at its own time, whatever became of those before. Where more would be in flight than may be, the
/// sender waits, and the wait counts as latency, as does every millisecond that it oversleeps.
/// </summary>
internal sealed class OpenLoop(PoissonSchedule schedule, int inFlightMax)
{
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);
    private int heldBack;

    /// <summary>Commands that had to wait because too many were in flight.</summary>
    public int HeldBack => Volatile.Read(ref heldBack);

    /// <summary>Sends them all and waits for the answers.</summary>
    public async Task RunAsync(LoadSession session, long startedAt, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Broken);
        using var room = new SemaphoreSlim(inFlightMax);

        // A thread of its own: the pool's belong to the system when it runs in this process.
        await Task.Factory.StartNew(
            () => SendAll(session, room, startedAt, stop.Token), CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        for (var n = 0; n < inFlightMax && !session.Broken.IsCancellationRequested; n++)
            await room.WaitAsync(session.Broken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        session.ThrowIfBroken();
    }

    private void SendAll(LoadSession session, SemaphoreSlim room, long startedAt, CancellationToken stop)
    {
        for (var n = 0; n < schedule.Count && !stop.IsCancellationRequested; n++)
        {
            if (session.Next(n) is not { } command) return;
            var due = schedule.At(n);
            for (var early = due - Stopwatch.GetElapsedTime(startedAt); early > TimeSpan.Zero &&
                !stop.IsCancellationRequested; early = due - Stopwatch.GetElapsedTime(startedAt))
                stop.WaitHandle.WaitOne(early < SleepMin ? SleepMin : early);

            if (!room.Wait(0, CancellationToken.None))
            {
                Interlocked.Increment(ref heldBack);
                if (!WaitForRoom(room, stop)) return;
            }

            _ = SendAsync(session, room, command, startedAt + ToTimestamp(due));
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

    /// <summary>Never throws: faults end the session.</summary>
    private static async Task SendAsync(LoadSession session, SemaphoreSlim room, Workloads.LoadCommand command, long intendedAt)
    {
        await session.SendAsync(command, intendedAt);
        room.Release();
    }

    private static long ToTimestamp(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
