using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>One silo, keyed by its address.</summary>
[Version(1), Alias("orleans_billing.silo")]
internal interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>
    /// Waits briefly until the silo has no effects in flight, neither provider calls nor outcomes to report. False if there are
    /// still some: call again.
    /// </summary>
    [Alias("are_effects_idle")]
    Task<bool> AreEffectsIdleAsync();

    /// <summary>How the silo is doing.</summary>
    [Alias("read_report")]
    Task<SiloReport> ReadReportAsync();
}
