using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Postgres.Balances;
using OrleansBilling.Storage.Postgres.Commits;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Documents;
using OrleansBilling.Storage.Postgres.Due;
using OrleansBilling.Storage.Postgres.Feed;
using OrleansBilling.Storage.Postgres.Folding;
using OrleansBilling.Storage.Postgres.Lists;
using OrleansBilling.Storage.Postgres.Loads;
using OrleansBilling.Storage.Postgres.Schema;
using OrleansBilling.Storage.Postgres.Statistics;
using OrleansBilling.Storage.Postgres.Webhooks;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Storage in one PostgreSQL database, which several processes may share.</summary>
public sealed class PostgresStorage : BillingStorage
{
    /// <summary>
    /// A first connection takes longest, because Npgsql then reads the types of the database. Under load it may not be ready in the time
    /// that any other is allowed, and the start of a process is when the load of the others grows.
    /// </summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly PostgresConnections connections;
    private readonly CommitLane[] commitLanes;
    private readonly LoadLane[] loadLanes;
    private readonly DeltaFolder statistics;
    private readonly DeltaFolder balances;
    private readonly BackgroundLoop foldingStatistics;
    private readonly BackgroundLoop foldingBalances;
    private readonly FeedSequencer sequencer;
    private readonly BackgroundLoop placingFeed;
    private readonly UsageMove usage;
    private readonly BackgroundLoop movingUsage;
    private readonly PostgresJournal journal;
    private bool disposed;

    private PostgresStorage(
        PostgresConnections connections, PostgresStorageOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        this.connections = connections;
        var health = new CommitHealth(timeProvider);
        var names = new StatisticNames();
        commitLanes = Lanes(
            options.CommitLanes,
            () => new CommitLane(connections, options, names, timeProvider, health, loggerFactory.CreateLogger<CommitLane>()));
        loadLanes = Lanes(
            options.LoadLanes, () => new LoadLane(connections, options, timeProvider, loggerFactory.CreateLogger<LoadLane>()));
        foreach (var lane in commitLanes) lane.Start();
        foreach (var lane in loadLanes) lane.Start();

        var pool = new PooledCalls(connections, options, timeProvider);
        journal = new PostgresJournal(commitLanes, loadLanes, pool, health);
        Due = new PostgresDueQueue(pool);
        Directory = new PostgresDirectory(pool);
        var lead = new AdvisoryLead(connections);
        var recount = new PostgresRecount(pool, lead, names);
        Recount = recount;
        Statistics = new PostgresStatistics(pool, recount);
        Feed = new PostgresFeed(pool);
        FeedBackfill = new PostgresFeedBackfill(pool, lead);
        Subscriptions = new PostgresSubscriptionList(pool);
        Invoices = new PostgresInvoiceList(pool);
        var documents = new PostgresDocumentLists(pool);
        (CreditNotes, Chargebacks, BalanceEntries) = (documents, documents, documents);
        ListProjection = new PostgresListProjection(pool);
        Catalog = new PostgresCatalog(pool);
        Shelf = new PostgresCatalogShelf(pool);
        Customers = new PostgresCustomers(pool);
        Persons = new PostgresPersonRows(pool);
        Search = new PostgresSearch(pool);
        Sellers = new PostgresSellers(pool);
        CatalogCounts = new PostgresCatalogCounts(pool);
        Coupons = new PostgresCoupons(pool);
        Balances = new PostgresBalances(pool);
        Documents = new PostgresDocumentNumbers(pool);
        Outbox = new PostgresOutbox(pool);
        Simulations = new PostgresSimulations(pool);
        Quarantine = new PostgresQuarantine(pool);
        ApiKeys = new PostgresApiKeys(pool);
        Messages = new PostgresSubscriptionMessages(pool);
        Texts = new PostgresSubscriptionTexts(pool);
        UsageKeys = new PostgresUsageKeys(pool);
        Requests = new PostgresRequestMemory(pool);
        KeyRing = new PostgresKeyRing(pool);
        Webhooks = new PostgresWebhooks(pool);
        Settings = new PostgresSettings(pool);

        statistics = DeltaFolder.OfStatistics(pool, options.FoldRowsMax, loggerFactory.CreateLogger<DeltaFolder>());
        balances = DeltaFolder.OfBalances(pool, options.FoldRowsMax, loggerFactory.CreateLogger<DeltaFolder>());
        foldingStatistics = new BackgroundLoop(options.FoldInterval, timeProvider, statistics.RunAsync);
        foldingBalances = new BackgroundLoop(options.FoldInterval, timeProvider, balances.RunAsync);
        sequencer = new FeedSequencer(pool, timeProvider, loggerFactory.CreateLogger<FeedSequencer>());
        placingFeed = new BackgroundLoop(options.FeedInterval, timeProvider, sequencer.RunAsync);
        usage = new UsageMove(new PostgresUsageRows(pool), Settings, loggerFactory.CreateLogger<UsageMove>());
        movingUsage = new BackgroundLoop(options.FoldInterval, timeProvider, usage.RunAsync);
    }

    public override IJournal Journal => journal;

    public override IDueQueue Due { get; }

    public override ISubscriptionDirectory Directory { get; }

    public override IStatisticsStore Statistics { get; }

    public override IStatisticsRecount Recount { get; }

    public override IEventFeed Feed { get; }

    public override IFeedBackfill FeedBackfill { get; }

    public override ISubscriptionList Subscriptions { get; }

    public override IInvoiceList Invoices { get; }

    public override ICreditNoteList CreditNotes { get; }

    public override IChargebackList Chargebacks { get; }

    public override IBalanceEntryList BalanceEntries { get; }

    public override IListProjection ListProjection { get; }

    public override ICatalogStore Catalog { get; }

    public override ICatalogShelf Shelf { get; }

    public override ICustomerStore Customers { get; }

    public override IPersonRows Persons { get; }

    public override ISearchIndex Search { get; }

    public override ISellerStore Sellers { get; }

    public override ICatalogCounts CatalogCounts { get; }

    public override ICouponStore Coupons { get; }

    public override IBalanceStore Balances { get; }

    public override IDocumentNumbers Documents { get; }

    public override IOutbox Outbox { get; }

    public override ISimulationStore Simulations { get; }

    public override IQuarantine Quarantine { get; }

    public override IApiKeyStore ApiKeys { get; }

    public override ISubscriptionMessages Messages { get; }

    public override ISubscriptionTexts Texts { get; }

    public override IUsageKeys UsageKeys { get; }

    public override IRequestMemory Requests { get; }

    public override IKeyRing KeyRing { get; }

    public override IWebhookStore Webhooks { get; }

    public override ISettingStore Settings { get; }

    /// <summary>For other users of the same database in this process.</summary>
    internal PostgresConnections Connections => connections;

    /// <summary>Brings the journal's tables to the version of this release. Needs a role that may change tables.</summary>
    /// <exception cref="SchemaVersionException">The tables are from a later release.</exception>
    public static Task MigrateAsync(
        string connectionString, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken) =>
        MigrateAsync(connectionString, [PostgresSchema.Journal], timeProvider, loggerFactory, cancellationToken);

    /// <summary>Brings the tables of several schemas in one database to the version of this release.</summary>
    internal static async Task MigrateAsync(
        string connectionString, IReadOnlyList<PostgresSchema> schemas, TimeProvider timeProvider, ILoggerFactory loggerFactory,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        var options = new PostgresStorageOptions { ConnectionString = connectionString };
        await using var connections = await PostgresConnections.OpenAsync(options, timeProvider, loggerFactory, cancellationToken);
        var migration = new PostgresMigration(
            connections.Dedicated, timeProvider, loggerFactory.CreateLogger<PostgresMigration>());
        foreach (var schema in schemas) await migration.ApplyAsync(schema, cancellationToken);
    }

    /// <summary>Connects, checks the version of the tables, and starts the lanes.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="SchemaVersionException">The tables are not those of this release.</exception>
    /// <exception cref="NotSupportedException">A pooler is in between that cannot be used.</exception>
    public static async Task<PostgresStorage> OpenAsync(
        PostgresStorageOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        for (var since = timeProvider.GetTimestamp(); ;)
        {
            PostgresConnections? connections = null;
            try
            {
                connections = await PostgresConnections.OpenAsync(options, timeProvider, loggerFactory, cancellationToken);
                await PostgresSchema.Journal.RequireAsync(connections.Dedicated, cancellationToken);
                return new PostgresStorage(connections, options, timeProvider, loggerFactory);
            }
            catch (Exception exception)
            {
                if (connections is not null) await connections.DisposeAsync();
                if (IsSlow(exception) && timeProvider.GetElapsedTime(since) < StartPatience) continue;
                if (PostgresFaults.IsUnavailable(exception))
                    throw new JournalUnavailableException($"PostgreSQL does not answer: {exception.Message}", exception);
                throw;
            }
        }
    }

    /// <summary>Whether the database is there, but too busy to answer in time. One that refuses will not do so the next moment.</summary>
    private static bool IsSlow(Exception exception) =>
        exception is TimeoutException or NpgsqlException { InnerException: TimeoutException };

    /// <summary>Folds statistics now instead of in the next round. Returns the number of deltas folded. Figures do not change.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public Task<int> FoldStatisticsAsync(CancellationToken cancellationToken) => statistics.FoldAsync(cancellationToken);

    /// <summary>Folds balances now instead of in the next round. Returns the number of deltas folded. Figures do not change.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public Task<int> FoldBalancesAsync(CancellationToken cancellationToken) => balances.FoldAsync(cancellationToken);

    internal override Task PlaceFeedAsync(CancellationToken cancellationToken) => sequencer.PlaceAsync(cancellationToken);

    internal override Task MoveUsageAsync(CancellationToken cancellationToken) => usage.RunAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        foreach (var lane in commitLanes) await lane.DisposeAsync();
        foreach (var lane in loadLanes) await lane.DisposeAsync();
        await foldingStatistics.DisposeAsync();
        await foldingBalances.DisposeAsync();
        await placingFeed.DisposeAsync();
        sequencer.Dispose();
        await movingUsage.DisposeAsync();
        await connections.DisposeAsync();
    }

    private static TLane[] Lanes<TLane>(int count, Func<TLane> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
