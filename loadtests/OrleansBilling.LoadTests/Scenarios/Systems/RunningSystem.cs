using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>The system under load on one database, including due work. Disposing stops it gracefully.</summary>
internal abstract class RunningSystem : IAsyncDisposable
{
    /// <summary>The processes whose processor time is measured.</summary>
    public abstract IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes { get; }

    /// <summary>The charges at the provider in this process; null when the provider runs in another process.</summary>
    public virtual ProviderLedger? Ledger => null;

    /// <summary>Opens the target for commands.</summary>
    public abstract Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken);

    /// <summary>The number of a seller's canceled subscriptions over all time, from its statistics.</summary>
    public abstract ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken);

    /// <summary>Adds the last output of the system to a failure.</summary>
    public virtual LoadTestException Explain(Exception exception) => new(exception.Message, exception);

    public abstract ValueTask DisposeAsync();

    /// <summary>This process: the load generator and what runs inside it.</summary>
    protected static (string Name, Func<TimeSpan?> Read) Own(string name) => ProcessorUse.Own(name);
}
