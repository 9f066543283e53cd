using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Reports;
using Meter = OrleansBilling.LoadTests.Measuring.Meter;

namespace OrleansBilling.LoadTests.Recount;

/// <summary>
/// Fills a database with events that are not counted yet, as an upgrade finds it, and recounts it while the process handles
/// commands. The commands change payment methods, which affects no counter, so every counter must match the seed.
/// </summary>
internal sealed class RecountRun(int subscriptions, int callers)
{
    private const string Database = "recount";
    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (begunAt, machine) = (DateTimeOffset.UtcNow, new Machine());
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var connectionString = await postgres.CreateDatabaseAsync(Database, cancellationToken);
        var plan = await RecentSales.FillAsync(connectionString, subscriptions, uncounted: true, cancellationToken);
        await UncountAsync(connectionString, cancellationToken);

        await using var storage = await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);
        var catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        await using var runtime = Turns.Open(new HostParts(storage));
        var meter = new Meter();
        meter.MeasureFrom(0);
        await using var load = new Callers(
            callers, meter, (caller, running) => PaymentMethodChanges.SendAsync(runtime, plan.Count, caller, running));
        await Task.Delay(LoadBefore, cancellationToken);
        var before = meter.Done / LoadBefore.TotalSeconds;

        using var recount = new StatisticsRecount(storage.Recount, catalog, TimeProvider.System, NullLogger<StatisticsRecount>.Instance);
        var (doneBefore, startedAt) = (meter.Done, Stopwatch.GetTimestamp());
        await using var memory = new PeakMemory();
        await recount.RunAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var during = (meter.Done - doneBefore) / seconds;
        await load.StopAsync();
        var differing = await new SeedFigures(plan).CountDifferingAsync(storage.Statistics, cancellationToken);

        var report = new RunReport
        {
            Name = "recount",
            Title = "Recount of statistics",
            Description = Numbers.Invariant($"{plan.Count:N0} subscriptions, {callers} callers during the recount"),
            StartedAt = begunAt,
            Conditions = await machine.ReadAsync(postgres, cancellationToken),
            Figures =
            [
                new("recounted by this process", recount.Counted, "subscriptions"),
                new("duration", seconds, "s"),
                new("recounted", plan.Count / seconds, "subscriptions per second"),
                new("managed memory at the start", Megabytes(memory.ManagedAtStart), "MB"),
                new("peak of managed memory", Megabytes(memory.ManagedPeak), "MB"),
                new("peak of the process (RSS)", Megabytes(memory.ResidentPeak), "MB"),
                new("commands before the recount", before, "per second"),
                new("commands during the recount", during, "per second"),
            ],
            Checks =
            [
                RunCheck.None("counters that differ", differing), RunCheck.None("commands that failed", meter.Failed + meter.Refused),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);
    }

    /// <summary>Leaves the database as script 0020 leaves one that was filled before it.</summary>
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

    private static double Megabytes(long bytes) => bytes / 1e6;
}
