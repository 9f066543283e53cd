using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// Stores simulations and their results for all processes. Any idle process may take a waiting simulation, and every
/// process can return a result, also after a restart. The process that runs a simulation holds a lease and renews it;
/// when the process dies, another takes the run after the lease ends. All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ISimulationStore
{
    /// <summary>Adds a simulation. Each owner may have one that waits, besides one that runs.</summary>
    ValueTask<SubmissionOutcome> AddAsync(StoredSimulation asked, int waitingMax, CancellationToken cancellationToken);

    ValueTask<StoredSimulation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Simulations of an owner, or of everybody if null; newest first, without results.</summary>
    ValueTask<IReadOnlyList<StoredSimulation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the next simulation to run and holds it by <paramref name="lease"/>; null when there is none.
    /// Owners take turns: the one whose last run began longest ago comes first. At most one simulation per
    /// owner runs at a time, over all processes.
    /// </summary>
    ValueTask<StoredSimulation?> TakeAsync(SimulationLease lease, CancellationToken cancellationToken);

    /// <summary>Renews the lease of a run and stores its progress; false when the run was canceled or another process has it.</summary>
    ValueTask<bool> RenewAsync(string id, SimulationLease lease, long done, CancellationToken cancellationToken);

    /// <summary>Returns a run that its process cannot finish; another process may take it at once.</summary>
    ValueTask ReleaseAsync(string id, string runner, CancellationToken cancellationToken);

    /// <summary>Stores the outcome of a run, unless it was canceled or another process has it.</summary>
    ValueTask EndAsync(StoredSimulation ended, string runner, CancellationToken cancellationToken);

    /// <summary>Cancels a simulation that waits or runs; one that has ended stays as it is.</summary>
    ValueTask CancelAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes an owner's oldest ended simulations beyond the bounds, and some of any owner's that are too old.</summary>
    ValueTask PruneAsync(string owner, SimulationBounds bounds, CancellationToken cancellationToken);
}

/// <summary>A stored simulation.</summary>
/// <param name="Id">The id.</param>
/// <param name="Origin">The request that it came from.</param>
/// <param name="AskedAt">When it was submitted, by the machine's clock.</param>
/// <param name="Question">The question, UTF-8 JSON.</param>
public sealed record StoredSimulation(string Id, SimulationOrigin Origin, Instant AskedAt, byte[] Question)
{
    public SimulationStatus Status { get; init; }

    /// <summary>Subscriptions run so far, as of the last renewal.</summary>
    public long Done { get; init; }

    /// <summary>How many times a run was started.</summary>
    public int Starts { get; init; }

    /// <summary>The result, UTF-8 JSON; null unless done.</summary>
    public byte[]? Result { get; init; }

    /// <summary>The reason of a failure; null unless failed.</summary>
    public SimulationFailure? Failure { get; init; }
}

/// <summary>Which process holds a run, and until when.</summary>
/// <param name="Runner">Identifies the process.</param>
/// <param name="Now">The machine's time.</param>
/// <param name="Until">When another process may take the run.</param>
public readonly record struct SimulationLease(string Runner, Instant Now, Instant Until);

/// <summary>How many simulations of an owner are kept. The newest is kept whatever its size.</summary>
/// <param name="Count">The most simulations.</param>
/// <param name="Bytes">The most bytes of questions and results.</param>
/// <param name="AskedFrom">Simulations submitted before this instant are deleted.</param>
public readonly record struct SimulationBounds(int Count, long Bytes, Instant AskedFrom);
