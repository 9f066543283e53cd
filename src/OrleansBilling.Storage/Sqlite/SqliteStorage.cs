using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Everything durable in one SQLite file, which belongs to one process.</summary>
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
        var rebuild = new SqliteRebuild(connection);
        writer = new SqliteWriter(connection, options, health, rebuild, loggerFactory.CreateLogger<SqliteWriter>());
        readers = new SqliteReaders(file.OpenReader, options);
        var journal = new SqliteJournal(writer, readers, health);
        Journal = journal;
        Due = new SqliteDueQueue(readers);
        Directory = new SqliteDirectory(readers);
        Statistics = new SqliteStatistics(readers, rebuild);
        Recount = new SqliteRecount(writer, readers, rebuild);
        Catalog = new SqliteCatalog(writer, readers);
        CatalogCounts = new SqliteCatalogCounts(readers);
        Coupons = new SqliteCoupons(writer, readers);
        Balances = new SqliteBalances(readers);
        Documents = new SqliteDocumentNumbers(writer, readers);
        Outbox = new SqliteOutbox(writer, readers);
        Simulations = new SqliteSimulations(writer, readers);
        Quarantine = new SqliteQuarantine(writer, readers);
        ApiKeys = new SqliteApiKeys(writer, readers);
        Settings = new SqliteSettings(writer, readers);
        usage = new UsageMove(new SqliteUsageRows(writer, readers), Settings, loggerFactory.CreateLogger<UsageMove>());
        movingUsage = new BackgroundLoop(options.BackgroundInterval, options.Time, usage.RunAsync);
    }

    /// <inheritdoc/>
    public override IJournal Journal { get; }

    /// <inheritdoc/>
    public override IDueQueue Due { get; }

    /// <inheritdoc/>
    public override ISubscriptionDirectory Directory { get; }

    /// <inheritdoc/>
    public override IStatisticsStore Statistics { get; }

    /// <inheritdoc/>
    public override IStatisticsRecount Recount { get; }

    /// <inheritdoc/>
    public override ICatalogStore Catalog { get; }

    /// <inheritdoc/>
    public override ICatalogCounts CatalogCounts { get; }

    /// <inheritdoc/>
    public override ICouponStore Coupons { get; }

    /// <inheritdoc/>
    public override IBalanceStore Balances { get; }

    /// <inheritdoc/>
    public override IDocumentNumbers Documents { get; }

    /// <inheritdoc/>
    public override IOutbox Outbox { get; }

    /// <inheritdoc/>
    public override ISimulationStore Simulations { get; }

    /// <inheritdoc/>
    public override IQuarantine Quarantine { get; }

    /// <inheritdoc/>
    public override IApiKeyStore ApiKeys { get; }

    /// <inheritdoc/>
    public override ISettingStore Settings { get; }

    /// <summary>Opens or makes the file and brings its schema up to date.</summary>
    /// <exception cref="IOException">Another process has the file open, or the folder cannot be written.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be used, such as for being no database.</exception>
    public static Task<SqliteStorage> OpenAsync(
        SqliteStorageOptions options, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Task.Run(() => Open(options, loggerFactory), cancellationToken);
    }

    internal override Task MoveUsageAsync(CancellationToken cancellationToken) => usage.RunAsync(cancellationToken);

    /// <inheritdoc/>
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
