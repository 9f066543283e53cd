using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// Simulations and their results, shared by all processes: what waits is taken by whichever has nothing to do, and what
/// was answered can be asked of each, also after a restart. Who runs one holds it by a lease and renews it; a run whose
/// process died is taken again once its lease is over. All calls throw <see cref="JournalUnavailableException"/> when the
/// database does not answer.
/// </summary>
public interface ISimulationStore
{
    /// <summary>Takes a simulation in. Each owner may have one that waits, besides one that runs.</summary>
    ValueTask<SubmissionOutcome> AddAsync(StoredSimulation asked, int waitingMax, CancellationToken cancellationToken);

    /// <summary>The simulation with this id, or null.</summary>
    ValueTask<StoredSimulation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>An owner's simulations, or everybody's for null: newest first, without their results.</summary>
    ValueTask<IReadOnlyList<StoredSimulation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What is to be run next, now held by <paramref name="lease"/>; null for nothing. Owners take turns: first comes the one
    /// whose last run began longest ago. Of one owner one runs at a time, in whichever process.
    /// </summary>
    ValueTask<StoredSimulation?> TakeAsync(SimulationLease lease, CancellationToken cancellationToken);

    /// <summary>Holds on to a run and tells how far it is; false when it was called off, or somebody else has it.</summary>
    ValueTask<bool> RenewAsync(string id, SimulationLease lease, long done, CancellationToken cancellationToken);

    /// <summary>Gives a run back that its process cannot end; somebody else may take it at once.</summary>
    ValueTask ReleaseAsync(string id, string runner, CancellationToken cancellationToken);

    /// <summary>Keeps what came of a run, unless it was called off or somebody else has it.</summary>
    ValueTask EndAsync(StoredSimulation ended, string runner, CancellationToken cancellationToken);

    /// <summary>Calls off what waits or runs; what has ended stays as it is.</summary>
    ValueTask CancelAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes away the oldest of an owner's simulations that have ended, as far as they are beyond the bounds, and some
    /// of anybody's that are too old.
    /// </summary>
    ValueTask PruneAsync(string owner, SimulationBounds bounds, CancellationToken cancellationToken);
}

/// <summary>A simulation as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Origin">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Question">UTF-8 JSON.</param>
public sealed record StoredSimulation(string Id, SimulationOrigin Origin, Instant AskedAt, byte[] Question)
{
    /// <summary>Where it stands.</summary>
    public SimulationStatus Status { get; init; }

    /// <summary>Subscriptions run, as of the last renewal.</summary>
    public long Done { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Starts { get; init; }

    /// <summary>The answer, UTF-8 JSON; null unless done.</summary>
    public byte[]? Result { get; init; }

    /// <summary>Why there is none; null unless failed.</summary>
    public SimulationFailure? Failure { get; init; }
}

/// <summary>By whom and until when a run is held.</summary>
/// <param name="Runner">Names the process.</param>
/// <param name="Now">The machine's time.</param>
/// <param name="Until">When somebody else may take it.</param>
public readonly record struct SimulationLease(string Runner, Instant Now, Instant Until);

/// <summary>How much is kept of an owner. The newest is kept whatever its size.</summary>
/// <param name="Count">Simulations.</param>
/// <param name="Bytes">Of questions and results.</param>
/// <param name="AskedFrom">What was asked before goes.</param>
public readonly record struct SimulationBounds(int Count, long Bytes, Instant AskedFrom);
