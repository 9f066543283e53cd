using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime;

/// <summary>A host of subscriptions, as seen by the process that owns it.</summary>
public interface IBillingHost : IBillingRuntime, IAsyncDisposable
{
    /// <summary>Starts working; missed due work is done first.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Does everything that is due at the clock's current instant, including effects; returns how many subscriptions
    /// moved.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or none of the due work can proceed.</exception>
    Task<int> RunDueAsync(CancellationToken cancellationToken);

    /// <summary>Stops taking commands and finishes what is in flight, within a time limit.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
