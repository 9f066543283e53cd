using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>Shows operators how the cluster is doing.</summary>
public interface IClusterView
{
    /// <summary>Asks every silo. One that does not answer within a second is shown without figures.</summary>
    /// <exception cref="JournalUnavailableException">No silo answers.</exception>
    ValueTask<ClusterFigures> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The silos of a cluster.</summary>
/// <param name="GroupCount">Groups of due work, numbered from 0. Each has its pump on one silo.</param>
/// <param name="Silos">In the order of their addresses.</param>
public sealed record ClusterFigures(int GroupCount, ImmutableArray<SiloView> Silos);

/// <summary>A silo that is a member of the cluster.</summary>
/// <param name="Address">IP address, port and generation.</param>
/// <param name="Figures">Null if it does not answer.</param>
public sealed record SiloView(string Address, SiloFigures? Figures);

/// <summary>How a silo is doing.</summary>
/// <param name="Version">The version of its program.</param>
/// <param name="Grains">Live subscriptions and pumps.</param>
/// <param name="DatabaseAnswers">Whether the database answers it and accepts commits.</param>
/// <param name="CommitsWaiting">Commits that wait to be written, including those being written.</param>
/// <param name="PaymentsWaiting">Calls to the payment provider that wait or are in flight.</param>
/// <param name="Quarantined">Subscriptions in quarantine in the whole database, as this silo last saw it.</param>
/// <param name="Pumps">Its pumps, in the order of their groups.</param>
public sealed record SiloFigures(
    string Version, int Grains, bool DatabaseAnswers, long CommitsWaiting, int PaymentsWaiting, long Quarantined,
    ImmutableArray<PumpFigures> Pumps);

/// <summary>How the pump of a group is doing.</summary>
/// <param name="ReadAt">When it last read due work or woke a subscription, by the clock of its machine.</param>
/// <param name="OldestDueAge">How long the oldest due work had waited when its pass began.</param>
public readonly record struct PumpFigures(int Group, Instant ReadAt, TimeSpan OldestDueAge);
