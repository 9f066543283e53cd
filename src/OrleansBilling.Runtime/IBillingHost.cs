using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime;

/// <summary>A host of subscriptions as the process sees it that opened it.</summary>
public interface IBillingHost : IBillingRuntime, IAsyncDisposable
{
    /// <summary>Begins to work; due work that was missed is caught up first.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Does everything that is due by the clock's present instant, effects included; answers how much went on.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or none of what is due can go on.</exception>
    Task<int> RunDueAsync(CancellationToken cancellationToken);

    /// <summary>Takes no more commands and finishes what is under way, within a bounded time.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
