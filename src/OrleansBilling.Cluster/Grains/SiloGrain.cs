using Orleans.Concurrency;
using OrleansBilling.Cluster.Hosting;
using OrleansBilling.Cluster.Placement;

namespace OrleansBilling.Cluster.Grains;

/// <summary>Speaks for the silo that it lives on.</summary>
[NamedSiloPlacement, Reentrant, GrainType("orleans_billing.silo")]
internal sealed class SiloGrain(SiloRuntime silo) : Grain, ISiloGrain
{
    public Task<bool> AreEffectsIdleAsync() => silo.WithinPollAsync(silo.Effects.WhenIdleAsync(CancellationToken.None));
}
