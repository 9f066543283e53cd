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
/// The shared parts of all ways: one private PostgreSQL, filled once. Each way works on its own copy of that database, so that
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

    /// <summary>The loop for ways that keep nothing in memory, or have everything in memory already.</summary>
    public ClosedLoop Loop { get; } = new(options.Measured, WarmUp, WarmUp);

    /// <summary>The loop for ways that must first load every subscription into memory.</summary>
    public ClosedLoop TouchingLoop { get; } = new(options.Measured, WarmUp, TouchingMax(options.Subscriptions));

    public (string Name, Func<TimeSpan?> Read) PostgresProcessors => ("postgres", postgres.ProcessorTime);

    /// <summary>The processes to measure when a way runs in this process.</summary>
    public ProcessorUse Processors(string own) => new(ProcessorUse.Own(own), PostgresProcessors);

    /// <summary>Fills the database that each way gets a copy of. Returns the rows that one command writes.</summary>
    public async Task<SampleCommit> FillAsync(Action<int> done, CancellationToken cancellationToken)
    {
        var connectionString = await postgres.CreateDatabaseAsync(seedDatabase, cancellationToken);
        await using var storage = await OpenAsync(connectionString, cancellationToken);
        var part = new SeedPart(catalog.Offers[0], soldAt, "tok_ok", options.Subscriptions);
        var plan = await SeedPlan.PrepareAsync(storage, catalog, [part], cancellationToken);
        await new CopySeed(connectionString, plan).FillAsync(storage.Journal, done, cancellationToken);
        return await SampleCommit.TakeAsync(storage.Journal, Subscriptions.Id(0), cancellationToken);
    }

    /// <summary>Gives a way its own copy of the database and deletes the copy afterward.</summary>
    public async Task<T> WithCopyAsync<T>(string way, Func<string, Task<T>> run, CancellationToken cancellationToken)
    {
        var name = way.Replace('-', '_');
        var connectionString = await postgres.CopyDatabaseAsync(name, seedDatabase, cancellationToken);
        var result = await run(connectionString);
        await postgres.DropDatabaseAsync(name, cancellationToken);
        return result;
    }

    /// <summary>The size of the filled database on disk.</summary>
    public Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellationToken) =>
        DatabaseSize.ReadAsync(postgres.ConnectionString(seedDatabase), cancellationToken);

    public Task<PostgresStorage> OpenAsync(string connectionString, CancellationToken cancellationToken) => PostgresStorage.OpenAsync(
        new PostgresStorageOptions { ConnectionString = connectionString, CommitLanes = options.Lanes }, TimeProvider.System,
        NullLoggerFactory.Instance, cancellationToken);

    private static TimeSpan TouchingMax(int subscriptions) =>
        TimeSpan.FromSeconds(Math.Max(TouchingMin.TotalSeconds, (double)subscriptions / TouchesPerSecondMin));
}
