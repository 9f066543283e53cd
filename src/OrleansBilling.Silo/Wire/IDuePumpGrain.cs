using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>Pumps the due work of one group of partitions, by its number from 0.</summary>
[Version(1), Alias("orleans_billing.due_pump")]
internal interface IDuePumpGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Sees to it that the pump runs. False when it is to be asked again: it is about to move to the silo that it belongs
    /// to, or has no reminder yet.
    /// </summary>
    [Alias("ensure")]
    Task<bool> EnsureAsync();

    /// <summary>
    /// One pass over everything that is due by the sender's clock. Null when it is not over yet: ask again under the same
    /// number. So a call is short however long the pass takes, and a silo that was lost is noticed.
    /// </summary>
    [Alias("run_once")]
    Task<PumpAnswer?> RunOnceAsync(long? virtualNow, long pass);

    /// <summary>The addresses of the silos that its own knows to be active; from memory, so that it takes no database to ask.</summary>
    [Alias("read_silos")]
    Task<string[]> ReadSilosAsync();
}
