namespace OrleansBilling.Silo.Calls;

/// <summary>
/// Signals to calls in flight that a silo was lost. We cannot see which silos a call passes through, so every call gets the
/// signal. Those that are safe to repeat are then sent again.
/// </summary>
internal sealed class LostSilos : IDisposable
{
    private CancellationTokenSource next = new();

    /// <summary>Fires when the next silo is lost.</summary>
    public CancellationToken Next => Volatile.Read(ref next).Token;

    /// <summary>
    /// Called when a silo was lost. The old source has no timer and is not disposed, because a caller may be about to take its
    /// token.
    /// </summary>
    public Task TellAsync() => Interlocked.Exchange(ref next, new CancellationTokenSource()).CancelAsync();

    public void Dispose() => next.Dispose();
}
