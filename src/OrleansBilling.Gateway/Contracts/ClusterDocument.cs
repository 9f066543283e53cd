using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The silos of the cluster.</summary>
/// <param name="Silos">Every member, in the order of the addresses.</param>
/// <param name="GroupsWithoutPump">
/// Groups of due work that no silo says it reads. One that stays here for seconds needs an operator.
/// </param>
/// <param name="Quarantined">Subscriptions in quarantine, as the pumps last saw it (every ten seconds, and not within a pass).</param>
internal sealed record ClusterDocument(
    ImmutableArray<SiloDocument> Silos, ImmutableArray<int> GroupsWithoutPump, long Quarantined)
{
    public static ClusterDocument From(ClusterFigures cluster)
    {
        var answers = cluster.Silos.Select(silo => silo.Figures).OfType<SiloFigures>().ToList();
        var read = answers.SelectMany(silo => silo.Pumps).Select(pump => pump.Group).ToHashSet();
        return new ClusterDocument(
            [.. cluster.Silos.Select(SiloDocument.From)],
            [.. Enumerable.Range(0, cluster.GroupCount).Where(group => !read.Contains(group))],
            answers.Select(silo => silo.Quarantined).DefaultIfEmpty(0).Max());
    }
}

/// <summary>A silo. If it does not answer, its figures are null and it has no groups.</summary>
/// <param name="Address">IP address, port and generation, a number that a restart changes.</param>
/// <param name="Answers">Whether it answered within a second.</param>
/// <param name="Version">The version of its program.</param>
/// <param name="Grains">Live subscriptions and pumps.</param>
/// <param name="DatabaseAnswers">Whether the database answers it and accepts commits.</param>
/// <param name="CommitsWaiting">Commits that wait to be written, including those being written.</param>
/// <param name="PaymentsWaiting">Calls to the payment provider that wait or are in flight.</param>
/// <param name="Groups">The groups of due work that it reads.</param>
internal sealed record SiloDocument(
    string Address, bool Answers, string? Version, int? Grains, bool? DatabaseAnswers, long? CommitsWaiting, int? PaymentsWaiting,
    ImmutableArray<DueGroupDocument> Groups)
{
    public static SiloDocument From(SiloView silo) => silo.Figures is { } figures
        ? new SiloDocument(
            silo.Address, true, figures.Version, figures.Grains, figures.DatabaseAnswers, figures.CommitsWaiting, figures.PaymentsWaiting,
            [.. figures.Pumps.Select(DueGroupDocument.From)])
        : new SiloDocument(silo.Address, false, null, null, null, null, null, []);
}

/// <summary>A group of due work.</summary>
/// <param name="Group">Its number, from 0.</param>
/// <param name="ReadAt">When its due work was last read, or worked on, by the machine's clock. It is read twice a second.</param>
/// <param name="OldestDueAgeMilliseconds">How long its oldest due work had waited when it was read; 0 if nothing was due.</param>
internal sealed record DueGroupDocument(int Group, Instant ReadAt, long OldestDueAgeMilliseconds)
{
    public static DueGroupDocument From(PumpFigures pump) =>
        new(pump.Group, pump.ReadAt, (long)pump.OldestDueAge.TotalMilliseconds);
}
