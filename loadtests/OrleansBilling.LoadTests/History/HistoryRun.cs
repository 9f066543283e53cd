using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.Server;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.LoadTests.History;

/// <summary>
/// Fills a database with one subscription of little usage and one of much. Runs the same operations on both in turn against a
/// gateway in this process, then lets many readers read the large one at once.
/// </summary>
internal static class HistoryRun
{
    private const int Bills = 5;
    private const string Key = "key-of-the-history-run";

    public static async Task<int> RunAsync(HistoryOptions options, CancellationToken cancellationToken)
    {
        using var temporary = new TemporaryDirectory();
        var directory = options.Directory ?? temporary.Path;
        await using var postgres = options.OnPostgres ? await PrivatePostgres.StartAsync(cancellationToken) : null;
        var connectionString = postgres is null ? null : await postgres.CreateDatabaseAsync("history", cancellationToken);
        await using (var storage = await OpenAsync(directory, connectionString, cancellationToken))
            await Screen.ProgressAsync(
                "usage events", options.Usage, done => new HistorySeed(storage, options.Usage).FillAsync(done, cancellationToken));

        await using var gateway = await ServerHost.OpenAsync(Arguments(directory, connectionString));
        await gateway.StartAsync(cancellationToken);
        using var operations = new HistoryOperations(gateway, Key);
        var figures = new HistoryFigures();
        await MeasureAsync(operations, options, figures, cancellationToken);
        await BillAsync(operations, figures, cancellationToken);
        var (grown, reads) = await ReadTogetherAsync(operations, options, cancellationToken);
        figures.Show(
            $"{HistoryOptions.UsageMin} and {options.Usage:N0} usage events, {(options.OnPostgres ? "PostgreSQL" : "SQLite")}, " +
            $"median of {options.Samples} (bills: of {Bills})");
        Screen.Line(
            $"{options.Readers} concurrent readers for {options.Reading.TotalSeconds:0} s, {reads:N0} reads: " +
            $"the process grew by {grown / 1048576.0:0.0} MB.");
        return figures.Hold(HistoryOptions.RatioMax) && grown <= HistoryOptions.ReadersBytesMax ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<BillingStorage> OpenAsync(string directory, string? connectionString, CancellationToken cancellationToken) =>
        connectionString is null
        ? await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = Path.Combine(directory, "billing.db") }, NullLoggerFactory.Instance, cancellationToken)
        : await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);

    private static string[] Arguments(string directory, string? connectionString) =>
    [
        "--urls=http://127.0.0.1:0",
        "--Logging:LogLevel:Default=Warning",
        $"--Billing:AdminKey={Key}",
        $"--Billing:DataDirectory={directory}",
        "--Billing:Clock=virtual",
        $"--Billing:ClockStart={HistoryOptions.ReadAt}",
        $"--Billing:Storage={(connectionString is null ? "sqlite" : "postgres")}",
        .. connectionString is null ? (string[])[] : [$"--ConnectionStrings:Billing={connectionString}"],
    ];

    private static async Task MeasureAsync(
        HistoryOperations operations, HistoryOptions options, HistoryFigures figures, CancellationToken cancellationToken)
    {
        const int WarmUp = 5;
        for (var n = -WarmUp; n < options.Samples; n++)
        {
            foreach (var (name, _, run) in operations.All)
            {
                var few = await run(HistorySeed.Few, HistoryOptions.UsageMin, cancellationToken);
                var many = await run(HistorySeed.Many, options.Usage, cancellationToken);
                if (n >= 0) figures.Add(name, few, many);
            }
        }
    }

    /// <summary>Gives the large subscription another billing date first, so that each is billed alone.</summary>
    private static async Task BillAsync(HistoryOperations operations, HistoryFigures figures, CancellationToken cancellationToken)
    {
        await operations.MoveBillingDateAsync(HistorySeed.Many, "2024-03-10T00:00:00Z", cancellationToken);
        for (var month = 0; month < Bills; month++)
        {
            var few = await operations.AdvanceAsync(At(month, 2), cancellationToken);
            var many = await operations.AdvanceAsync(At(month, 12), cancellationToken);
            figures.Add("bill", few, many);
        }

        static string At(int month, int day) =>
            new DateTime(2024, 3 + month, day, 0, 0, 0, DateTimeKind.Utc)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>How far the process grew beyond its size after one round of reads, and the number of reads.</summary>
    private static async Task<(long Grown, long Reads)> ReadTogetherAsync(
        HistoryOperations operations, HistoryOptions options, CancellationToken cancellationToken)
    {
        var reads = 0L;
        foreach (var (_, isRead, run) in operations.All)
        {
            if (isRead) await run(HistorySeed.Many, options.Usage, cancellationToken);
        }

        // Returns the memory of filling and measuring to the system, so that growth becomes visible.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = WorkingSet();
        var most = before;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(options.Reading);
        var readers = Enumerable.Range(0, options.Readers).Select(_ => Task.Run(ReadAsync, cancellationToken)).ToList();
        while (!ending.IsCancellationRequested)
        {
            most = Math.Max(most, WorkingSet());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        await Task.WhenAll(readers);
        return (most - before, reads);

        async Task ReadAsync()
        {
            while (!ending.IsCancellationRequested)
            {
                foreach (var (_, isRead, run) in operations.All)
                {
                    if (!isRead) continue;
                    await run(HistorySeed.Many, options.Usage, cancellationToken);
                    Interlocked.Increment(ref reads);
                }
            }
        }
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
