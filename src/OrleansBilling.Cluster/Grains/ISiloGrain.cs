using Orleans.CodeGeneration;

namespace OrleansBilling.Cluster.Grains;

/// <summary>One silo, by its address.</summary>
[Version(1), Alias("orleans_billing.silo")]
internal interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>Completes when the silo has no effects under way: no provider call, and no outcome to report.</summary>
    [Alias("when_effects_idle"), ResponseTimeout("00:10:00")]
    Task WhenEffectsIdleAsync();
}
