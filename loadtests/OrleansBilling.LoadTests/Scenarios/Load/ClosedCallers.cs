using System.Diagnostics;

namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>A fixed number of callers, each of which sends its next command when the last one came back.</summary>
internal sealed class ClosedCallers(int callers)
{
    private long next;

    /// <summary>Runs until the time is over, or the commands are.</summary>
    public async Task RunAsync(LoadSession session, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Broken);
        stop.CancelAfter(duration);
        await Task.WhenAll(
            Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(session, stop.Token), CancellationToken.None)));
        cancellationToken.ThrowIfCancellationRequested();
        session.ThrowIfBroken();
    }

    private async Task CallAsync(LoadSession session, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && session.Next(Interlocked.Increment(ref next) - 1) is { } command)
            await session.SendAsync(command, Stopwatch.GetTimestamp());
    }
}
