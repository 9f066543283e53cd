using System.Collections.Immutable;

namespace OrleansBilling.Silo.Placement;

/// <summary>The active silos known to this silo, and whether a live grain now belongs to another one.</summary>
internal sealed class RingMembers(IClusterMembershipService membership, ILocalSiloDetails local)
{
    private volatile Members members = new(MembershipVersion.MinValue, []);

    /// <summary>The active silos known to this silo.</summary>
    public ImmutableArray<SiloAddress> Active => Present.Active;

    /// <summary>The active silos known to this silo, and since which version of the membership.</summary>
    public Members Present
    {
        get
        {
            var snapshot = membership.CurrentSnapshot;
            var known = members;
            if (known.Version == snapshot.Version) return known;
            return members = new Members(
                snapshot.Version,
                [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)]);
        }
    }

    /// <summary>The silo that the ring gives a grain to; null if there is no choice.</summary>
    public SiloAddress? FindOwner(GrainId grain) => Active is { Length: > 1 } active ? Ring.SiloOf(grain, active) : null;

    /// <summary>The silo that the ring would give a grain to if this silo were not there; null if there is no other.</summary>
    public SiloAddress? FindOtherOwner(GrainId grain) =>
        Active.Remove(local.SiloAddress) is { IsEmpty: false } others ? Ring.SiloOf(grain, others) : null;

    /// <summary>Whether the ring places a grain on this silo.</summary>
    public bool IsHere(GrainId grain) => Active is { IsEmpty: false } active && Ring.SiloOf(grain, active).Equals(local.SiloAddress);

    /// <summary>Whether the ring places a grain on another silo.</summary>
    public bool IsElsewhere(GrainId grain) => Active is { IsEmpty: false } active && !Ring.SiloOf(grain, active).Equals(local.SiloAddress);

    /// <summary>
    /// Whether a grain on this silo belongs elsewhere by now. Checks only if the members changed since <paramref name="seen"/>, so the
    /// check after every command costs one comparison.
    /// </summary>
    public bool HasMoved(GrainId grain, ref MembershipVersion seen)
    {
        var present = Present;
        if (present.Version == seen) return false;
        seen = present.Version;
        return IsElsewhere(grain);
    }

    internal sealed record Members(MembershipVersion Version, ImmutableArray<SiloAddress> Active);
}
