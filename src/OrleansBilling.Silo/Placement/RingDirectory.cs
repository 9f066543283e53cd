using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Runtime.GrainDirectory;

namespace OrleansBilling.Silo.Placement;

/// <summary>
/// A grain directory without entries: it computes where a grain is from the ring. Orleans' own directory keeps an entry for
/// each live grain, spread over the silos. Each activation there costs a registration, and the entries of a silo that dies
/// are lost. The price of having no entries: a grain that the ring has moved may live twice for a while. The journal's
/// version check decides between the two.
/// </summary>
internal sealed class RingDirectory(RingMembers members) : IGrainDirectory, IGrainDirectoryCache
{
    public IEnumerable<(GrainAddress ActivationAddress, int Version)> KeyValues => [];

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(Find(grainId, members.Present));

    /// <summary>Accepts every activation, because a caller's ring has chosen this place for it.</summary>
    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;

    public bool LookUp(GrainId key, [NotNullWhen(true)] out GrainAddress? result, out int version)
    {
        var present = members.Present;
        result = Find(key, present);
        version = (int)present.Version.Value;
        return result is not null;
    }

    public void AddOrUpdate(GrainAddress value, int version)
    {
    }

    public bool Remove(GrainId key) => false;

    public bool Remove(GrainAddress key) => false;

    public void Clear()
    {
    }

    private static GrainAddress? Find(GrainId grain, RingMembers.Members present) => present.Active.IsEmpty
        ? null
        : new GrainAddress { GrainId = grain, SiloAddress = Ring.SiloOf(grain, present.Active), MembershipVersion = present.Version };
}
