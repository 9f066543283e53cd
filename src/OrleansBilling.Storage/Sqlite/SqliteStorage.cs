using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Storage in one SQLite file, which belongs to one process.</summary>
public sealed class SqliteStorage : BillingStorage
{
    private readonly SqliteFile file;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly UsageMove usage;
    private readonly BackgroundLoop movingUsage;
    private bool disposed;

    private SqliteStorage(SqliteFile file, SqliteConnection connection, SqliteStorageOptions options, ILoggerFactory loggerFactory)
    {
        this.file = file;
        var health = new CommitHealth(options.Time);
        var rebuild = SqliteRebuild.OfStatistics(connection);
        var backfill = SqliteRebuild.OfFeed(connection);
        writer = new SqliteWriter(connection, options, health, rebuild, backfill, loggerFactory.CreateLogger<SqliteWriter>());
        readers = new SqliteReaders(file.OpenReader, options);
        var journal = new SqliteJournal(writer, readers, health);
        Journal = journal;
        Due = new SqliteDueQueue(readers);
        Directory = new SqliteDirectory(readers);
        Statistics = new SqliteStatistics(readers, rebuild);
        Recount = new SqliteRecount(writer, readers, rebuild);
        Feed = new SqliteFeed(readers);
        FeedBackfill = new SqliteFeedBackfill(writer, readers, backfill);
        Subscriptions = new SqliteSubscriptionList(readers);
        Invoices = new SqliteInvoiceList(readers);
        var documents = new SqliteDocumentLists(readers);
        (CreditNotes, Chargebacks, BalanceEntries) = (documents, documents, documents);
        ListProjection = new SqliteListProjection(writer, readers);
        Catalog = new SqliteCatalog(writer, readers);
        Shelf = new SqliteCatalogShelf(writer, readers);
        Customers = new SqliteCustomers(writer, readers);
        Persons = new SqlitePersonRows(writer, readers);
        Search = new SqliteSearch(readers);
        Sellers = new SqliteSellers(writer, readers);
        CatalogCounts = new SqliteCatalogCounts(readers);
        Coupons = new SqliteCoupons(writer, readers);
        Balances = new SqliteBalances(readers);
        Documents = new SqliteDocumentNumbers(writer, readers);
        Outbox = new SqliteOutbox(writer, readers);
        Simulations = new SqliteSimulations(writer, readers);
        Quarantine = new SqliteQuarantine(writer, readers);
        ApiKeys = new SqliteApiKeys(writer, readers);
        Messages = new SqliteSubscriptionMessages(readers);
        Texts = new SqliteSubscriptionTexts(readers);
        UsageKeys = new SqliteUsageKeys(writer, readers);
        Requests = new SqliteRequestMemory(writer);
        KeyRing = new SqliteKeyRing(writer, readers);
        Webhooks = new SqliteWebhooks(writer, readers);
        Settings = new SqliteSettings(writer, readers);
        usage = new UsageMove(new SqliteUsageRows(writer, readers), Settings, loggerFactory.CreateLogger<UsageMove>());
        movingUsage = new BackgroundLoop(options.BackgroundInterval, options.Time, usage.RunAsync);
    }

    public override IJournal Journal { get; }

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

    /// <summary>Opens or creates the file and migrates its schema.</summary>
    /// <exception cref="IOException">Another process has the file open, or the folder cannot be written.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be used, for example because it is not a database.</exception>
    public static Task<SqliteStorage> OpenAsync(
        SqliteStorageOptions options, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Task.Run(() => Open(options, loggerFactory), cancellationToken);
    }

    internal override Task PlaceFeedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task MoveUsageAsync(CancellationToken cancellationToken) => usage.RunAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await movingUsage.DisposeAsync();
        await Task.Run(writer.Dispose);
        await readers.DisposeAsync();
        file.Dispose();
    }

    private static SqliteStorage Open(SqliteStorageOptions options, ILoggerFactory loggerFactory)
    {
        var file = new SqliteFile(options);
        SqliteConnection? connection = null;
        try
        {
            connection = file.OpenWriter();
            if (options.ChecksPages) SqliteFile.CheckPages(connection);
            SqliteSchema.Apply(connection, loggerFactory.CreateLogger<SqliteStorage>());
            return new SqliteStorage(file, connection, options, loggerFactory);
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            file.Dispose();
            if (exception is SqliteException sqlite && SqliteFaults.IsUnavailable(sqlite)) throw SqliteFaults.Unavailable(exception);
            throw;
        }
    }
}
