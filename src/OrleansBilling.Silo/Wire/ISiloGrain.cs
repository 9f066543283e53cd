using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>One silo, by its address.</summary>
[Version(1), Alias("orleans_billing.silo")]
internal interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>
    /// Waits a moment for the silo to have no effects under way: no provider call, and no outcome to report. False when
    /// there are still some: ask again.
    /// </summary>
    [Alias("are_effects_idle")]
    Task<bool> AreEffectsIdleAsync();
}
