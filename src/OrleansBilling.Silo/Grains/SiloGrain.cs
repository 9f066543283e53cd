using Orleans.Concurrency;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>Answers questions about the silo that it runs on.</summary>
[NamedSiloPlacement, Reentrant, GrainType("orleans_billing.silo")]
internal sealed class SiloGrain(SiloRuntime silo) : Grain, ISiloGrain
{
    public Task<bool> AreEffectsIdleAsync() => silo.WithinPollAsync(silo.Effects.WhenIdleAsync(CancellationToken.None));
}
