using Microsoft.Extensions.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Feed;

/// <summary>
/// Answers requests that wait for new events. They share one query of the database, five times a second. Without such a request there
/// is none.
/// </summary>
internal sealed class FeedWatch(IEventFeed feed, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The most requests of a process that may wait. Each holds a connection.</summary>
    private const int WaitingMax = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock turn = new();
    private Task<long>? looking;
    private int waiting;

    /// <summary>A place to wait, until disposed; null if there is none.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref waiting) <= WaitingMax) return new Place(this);
        Interlocked.Decrement(ref waiting);
        return null;
    }

    /// <summary>Waits for an event after a position, but no longer than asked for, and not when the process stops.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<bool> WaitAsync(long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (longest - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
            {
                if (await LookAsync().WaitAsync(left, time, either.Token) > after) return true;
            }
        }
        catch (TimeoutException)
        {
            // Nothing happened.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The process stops: the caller reads on elsewhere.
        }

        return false;
    }

    private Task<long> LookAsync()
    {
        lock (turn) return looking is { IsCompleted: false } ? looking : looking = LookLaterAsync();
    }

    private async Task<long> LookLaterAsync()
    {
        await Task.Delay(Interval, time, CancellationToken.None);
        return await feed.ReadLastAsync(CancellationToken.None);
    }

    private sealed class Place(FeedWatch watch) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref watch.waiting);
    }
}
