using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.Recount;

/// <summary>
/// Fills a database whose events are not counted, as an upgrade finds it, and recounts it in a process that takes commands
/// meanwhile. The commands change payment methods, which counts nothing, so every counter must be that of the seed.
/// </summary>
internal sealed class RecountRun(int subscriptions, int callers)
{
    private const int Products = 100;
    private const string Database = "recount";
    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var connectionString = await postgres.CreateDatabaseAsync(Database, null, cancellationToken);
        var plan = await FillAsync(connectionString, cancellationToken);
        await UncountAsync(connectionString, cancellationToken);

        await using var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            cancellationToken);
        var catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        await using var runtime = Turns.Open(new HostParts(storage));
        await using var load = new CommandLoad(runtime, plan.Count, callers);
        load.Start();
        await Task.Delay(LoadBefore, cancellationToken);
        var before = load.Done / LoadBefore.TotalSeconds;

        using var recount = new StatisticsRecount(storage.Recount, catalog, TimeProvider.System, NullLogger<StatisticsRecount>.Instance);
        var (doneBefore, startedAt) = (load.Done, Stopwatch.GetTimestamp());
        await using var memory = new PeakMemory();
        await recount.RunAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var during = (load.Done - doneBefore) / seconds;
        await load.StopAsync();
        var differing = await new SeedFigures(plan).CountDifferingAsync(storage.Statistics, cancellationToken);

        Screen.Table(
            "recount of statistics",
            ["figure", ">value"],
            [
                ["subscriptions", plan.Count.ToString("N0", CultureInfo.InvariantCulture)],
                ["recounted by this process", recount.Counted.ToString("N0", CultureInfo.InvariantCulture)],
                ["seconds", seconds.ToString("N1", CultureInfo.InvariantCulture)],
                ["subscriptions/s", (plan.Count / seconds).ToString("N0", CultureInfo.InvariantCulture)],
                ["managed memory at its start, MB", Megabytes(memory.ManagedAtStart)],
                ["its peak, MB", Megabytes(memory.ManagedPeak)],
                ["process's peak (RSS), MB", Megabytes(memory.ResidentPeak)],
                ["commands/s before", before.ToString("N0", CultureInfo.InvariantCulture)],
                ["commands/s meanwhile", during.ToString("N0", CultureInfo.InvariantCulture)],
                ["commands that failed", load.Failed.ToString("N0", CultureInfo.InvariantCulture)],
                ["counters that differ", differing.ToString("N0", CultureInfo.InvariantCulture)],
            ]);
        return differing == 0 && load.Failed == 0 ? 0 : ExitCode.Failed;
    }

    private async Task<SeedPlan> FillAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            cancellationToken);
        var catalog = LoadCatalog.Make(Products, new BillingInterval(IntervalUnit.Month, 1));

        // Sold over the last four weeks, so that no renewal falls due during the run.
        var now = SystemClock.Instance.GetCurrentInstant();
        var parts = catalog.Offers.Select((terms, n) => new SeedPart(
            terms, now - Duration.FromDays(n % 28), "tok_ok", (subscriptions / Products) + (n < subscriptions % Products ? 1 : 0)));
        var plan = await SeedPlan.PrepareAsync(storage, catalog, parts, cancellationToken);
        await Screen.ProgressAsync(
            "filling", plan.Count, done =>
                new CopySeed(connectionString, plan, uncounted: true).FillAsync(storage.Journal, done, cancellationToken));
        return plan;
    }

    /// <summary>As script 0020 leaves a database that was filled before it.</summary>
    private static async Task UncountAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            """
            truncate statistic_delta, statistic_day, statistic_month, statistic_closed, statistic_market;
            update subscription set counted = 0 where counted <> 0;
            insert into statistic_rebuild (since) values (now());
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);
}
