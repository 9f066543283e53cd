using System.Collections.Immutable;

namespace OrleansBilling.Silo.Placement;

/// <summary>The active silos known to this silo, and whether a live grain now belongs to another one.</summary>
internal sealed class RingMembers(IClusterMembershipService membership, ILocalSiloDetails local)
{
    private volatile Members members = new(MembershipVersion.MinValue, []);

    /// <summary>The active silos known to this silo.</summary>
    public ImmutableArray<SiloAddress> Active => ActiveOf(membership.CurrentSnapshot);

    /// <summary>
    /// Whether a grain on this silo belongs elsewhere. Checks only if the members changed since <paramref name="seen"/>, so the
    /// check after every command costs one comparison.
    /// </summary>
    public bool HasMoved(GrainId grain, ref MembershipVersion seen)
    {
        var snapshot = membership.CurrentSnapshot;
        if (snapshot.Version == seen) return false;
        seen = snapshot.Version;
        var active = ActiveOf(snapshot);
        return active.Length > 0 && !Ring.SiloOf(grain, active).Equals(local.SiloAddress);
    }

    private ImmutableArray<SiloAddress> ActiveOf(ClusterMembershipSnapshot snapshot)
    {
        var known = members;
        if (known.Version == snapshot.Version) return known.Active;
        ImmutableArray<SiloAddress> active = [
            .. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)];
        members = new Members(snapshot.Version, active);
        return active;
    }

    private sealed record Members(MembershipVersion Version, ImmutableArray<SiloAddress> Active);
}
