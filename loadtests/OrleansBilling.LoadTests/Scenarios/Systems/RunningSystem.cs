using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>The system under load on one database, due work included. Disposing stops it in good order.</summary>
internal abstract class RunningSystem : IAsyncDisposable
{
    /// <summary>Who used the processors.</summary>
    public abstract IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes { get; }

    /// <summary>What the provider within this process was asked for; null where the provider is another process's.</summary>
    public virtual ProviderLedger? Ledger => null;

    /// <summary>Opens the way that commands take.</summary>
    public abstract Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken);

    /// <summary>How many subscriptions of a seller were ever canceled, as its statistics say.</summary>
    public abstract ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken);

    /// <summary>The same failure, with what the system has to say about it.</summary>
    public virtual LoadTestException Explain(Exception exception) => new(exception.Message, exception);

    public abstract ValueTask DisposeAsync();

    /// <summary>This process: the load, and what runs inside it.</summary>
    protected static (string Name, Func<TimeSpan?> Read) Own(string name) => ProcessorUse.Own(name);
}
