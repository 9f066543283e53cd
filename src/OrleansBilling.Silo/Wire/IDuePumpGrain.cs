using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>The due pump of one group of partitions, keyed by the group's number, from 0.</summary>
[Version(1), Alias("orleans_billing.due_pump")]
internal interface IDuePumpGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Ensures that the pump runs. False if it must be called again, because it is about to move to its own silo or has no
    /// reminder yet.
    /// </summary>
    [Alias("ensure")]
    Task<bool> EnsureAsync();

    /// <summary>
    /// Runs one pass over everything that is due by the sender's clock. Null if the pass is not finished: call again with the
    /// same number. Each call is short, however long the pass takes, so a lost silo is noticed.
    /// </summary>
    [Alias("run_once")]
    Task<PumpAnswer?> RunOnceAsync(long? virtualNow, long pass);

    /// <summary>The addresses of the silos that this silo knows to be active. Read from memory, without the database.</summary>
    [Alias("read_silos")]
    Task<string[]> ReadSilosAsync();
}
