using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>
/// What all ways share: one PostgreSQL of our own, filled once. Each way works on its own copy of that database, so that
/// all start from the same rows.
/// </summary>
internal sealed class Bench(
    ThroughputOptions options, PrivatePostgres postgres, Instant soldAt, string seedDatabase, LoadCatalog catalog)
{
    private const int TouchesPerSecondMin = 20_000;
    private static readonly TimeSpan TouchingMin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public ThroughputOptions Options => options;

    public PrivatePostgres Postgres => postgres;

    public Subscriptions Subscriptions { get; } = new(options.Subscriptions);

    /// <summary>When all subscriptions were sold, to the millisecond.</summary>
    public Instant SoldAt => soldAt;

    /// <summary>For ways that keep nothing in memory, or keep it already.</summary>
    public ClosedLoop Loop { get; } = new(options.Measured, WarmUp, WarmUp);

    /// <summary>For ways that first have to bring every subscription into memory.</summary>
    public ClosedLoop TouchingLoop { get; } = new(options.Measured, WarmUp, TouchingMax(options.Subscriptions));

    public (string Name, Func<TimeSpan?> Read) PostgresProcessors => ("postgres", postgres.ProcessorTime);

    /// <summary>Who uses the processors when a way runs in this process.</summary>
    public ProcessorUse Processors(string own) => new(ProcessorUse.Own(own), PostgresProcessors);

    /// <summary>Fills the database that the others are copies of; the rows that one command writes.</summary>
    public async Task<SampleCommit> FillAsync(Action<int> done, CancellationToken cancellationToken)
    {
        var connectionString = await postgres.CreateDatabaseAsync(seedDatabase, null, cancellationToken);
        await using var storage = await OpenAsync(connectionString, cancellationToken);
        var part = new SeedPart(catalog.Offers[0], soldAt, "tok_ok", options.Subscriptions);
        var plan = await SeedPlan.PrepareAsync(storage, catalog, [part], cancellationToken);
        await new CopySeed(connectionString, plan).FillAsync(storage.Journal, done, cancellationToken);
        return await SampleCommit.TakeAsync(storage.Journal, Subscriptions.Id(0), cancellationToken);
    }

    /// <summary>Gives a way its own copy, which is gone afterwards.</summary>
    public async Task<T> WithCopyAsync<T>(string way, Func<string, Task<T>> run, CancellationToken cancellationToken)
    {
        var name = way.Replace('-', '_');
        var connectionString = await postgres.CreateDatabaseAsync(name, seedDatabase, cancellationToken);
        var result = await run(connectionString);
        await postgres.DropDatabaseAsync(name, cancellationToken);
        return result;
    }

    /// <summary>What the filled database takes on disk.</summary>
    public Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellationToken) =>
        DatabaseSize.ReadAsync(postgres.ConnectionString(seedDatabase), cancellationToken);

    public Task<PostgresStorage> OpenAsync(string connectionString, CancellationToken cancellationToken) => PostgresStorage.OpenAsync(
        new PostgresStorageOptions { ConnectionString = connectionString, CommitLanes = options.Lanes }, TimeProvider.System,
        NullLoggerFactory.Instance, cancellationToken);

    private static TimeSpan TouchingMax(int subscriptions) =>
        TimeSpan.FromSeconds(Math.Max(TouchingMin.TotalSeconds, (double)subscriptions / TouchesPerSecondMin));
}
