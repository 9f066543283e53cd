using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's view of the cluster: subscriptions, catalog and statistics. Calls to lost silos are retried for a limited time.
/// Until the first silo is reached, every command is answered as unavailable.
/// </summary>
public sealed class ClusterHost : IBillingHost
{
    /// <summary>Why nothing can be asked before the first silo is reached.</summary>
    internal const string NotReached = "No silo of the cluster has been reached yet.";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly IClusterLink link;
    private readonly int dueGroups;
    private readonly WireClock clock;
    private readonly SubscriptionCalls calls;
    private readonly TimeProvider time;
    private readonly OperationsInFlight commands = new();
    private volatile bool stopping;

    /// <summary>Creates the client. It looks for silos only after <see cref="StartAsync"/>.</summary>
    /// <param name="link">Access to grains.</param>
    /// <param name="stores">The database that silos and gateways share; used for reads.</param>
    /// <param name="clock">Business time.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="catalogBytes">Memory for the catalog cache, in bytes.</param>
    internal ClusterHost(
        IClusterLink link, SiloStores stores, WireClock clock, TimeProvider time, ILoggerFactory loggers,
        long catalogBytes = CatalogCache.BytesDefault)
    {
        this.link = link;
        this.time = time;
        this.clock = clock;
        dueGroups = stores.Due.GroupCount;
        Catalog = new CatalogCache(
            new ClusterCatalog(stores.Catalog, link, catalogBytes / 4, loggers.CreateLogger<ClusterCatalog>()), time, catalogBytes * 3 / 4);
        Statistics = new ClusterStatistics(stores.Statistics, stores.Recount, link, loggers.CreateLogger<ClusterStatistics>());
        View = new ClusterView(link, dueGroups, time, loggers.CreateLogger<ClusterView>());
        var references = new SubscriptionReferences();
        calls = new SubscriptionCalls(
            id => references.Find(link.Grains!, id), Catalog, clock, time, grain => link.IsHere(grain.GetGrainId()), () => link.NextLoss);
    }

    /// <summary>The most commands of this gateway in flight. Further ones are rejected as busy.</summary>
    public int CommandsMax { get; init; } = 16_384;

    /// <inheritdoc/>
    public bool IsReady => link.IsReachable;

    /// <summary>Products, plans and offers. Every gateway sees a new version of an offer within a second.</summary>
    public CatalogCache Catalog { get; }

    /// <summary>Statistics, at most a second old.</summary>
    public IStatisticsStore Statistics { get; }

    /// <summary>The silos and how they are doing.</summary>
    public IClusterView View { get; }

    /// <summary>Completes when a silo is reachable for the first time.</summary>
    public Task WhenConnectedAsync(CancellationToken cancellationToken) => link.WhenConnectedAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        link.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        if (stopping) return new CommandResult.Unavailable("stopping", "The server is stopping.");
        if (link.Grains is null)
            return new CommandResult.Unavailable("unavailable", "No silo of the cluster has been reached yet; nothing was done.");
        if (commands.Count >= CommandsMax) return new CommandResult.Unavailable("busy", "Too many commands are in flight.");
        commands.Begin();
        try
        {
            return await calls.ExecuteAsync(subscriptionId, envelope, cancellationToken);
        }
        finally
        {
            commands.End();
        }
    }

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var pumps = new ClusterPumps(
            link.Grains ?? throw new JournalUnavailableException(NotReached), dueGroups, clock, time);
        return await DueDrain.RunAsync(pumps.WhenEffectsIdleAsync, pumps.RunOnceAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        try
        {
            await commands.WhenIdleAsync(cancellationToken).WaitAsync(StopTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Commands that still wait for a lost silo get the result "unknown".
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!stopping) await StopAsync(CancellationToken.None);
        await link.DisposeAsync();
    }
}
