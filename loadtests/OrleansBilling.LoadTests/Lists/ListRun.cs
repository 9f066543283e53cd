using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Noisy;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Lists;

/// <param name="Subscriptions">Subscriptions that are stored.</param>
/// <param name="Samples">Requests of each kind of page, one at a time.</param>
/// <param name="Rate">Commands per second while the lag is watched.</param>
/// <param name="Seconds">How long it is watched.</param>
internal sealed record ListOptions(int Subscriptions, int Samples, int Rate, int Seconds);

/// <summary>
/// Derives the lists of a large book, asks for pages of each kind, and then watches how far the lists trail the commits under load.
/// </summary>
internal static class ListRun
{
    private const double LagMillisecondsMax = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var (startedAt, machine) = (DateTimeOffset.UtcNow, new Machine());
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var setup = new GatewaySetup { Postgres = await postgres.CreateDatabaseAsync("lists", cancellationToken) };
        var stored = await ListBook.FillAsync(setup.Postgres, options.Subscriptions, cancellationToken);
        await using var database = ListBook.Open(setup.Postgres);
        await using var gateway = await GatewayProcess.StartAsync(setup, cancellationToken);
        using var api = new ApiClient(gateway.Address, setup.Key);

        var begun = Stopwatch.GetTimestamp();
        while ((await api.GetAsync("/v1/subscriptions?order_by=created_at&limit=1", cancellationToken)).Status == 503)
            await Task.Delay(Poll, cancellationToken);
        var rebuilt = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await using (var analyze = database.CreateCommand("vacuum analyze")) await analyze.ExecuteNonQueryAsync(cancellationToken);

        var pages = new List<(ListPage Page, LatencySummary Took)>();
        foreach (var page in ListPage.All) pages.Add((page, await AskAsync(api, page, stored, options.Samples, cancellationToken)));
        var (commands, lag, failures) = await LoadAsync();

        var report = new RunReport
        {
            Name = "lists",
            Title = "Lists and search",
            Description = Numbers.Invariant(
                $"{stored:N0} subscriptions, {options.Samples} requests of each kind, one at a time, 200 rows a page; then ") +
                Numbers.Invariant($"{options.Rate} commands/s for {options.Seconds} s"),
            StartedAt = startedAt,
            Conditions = await machine.ReadAsync(postgres, cancellationToken),
            Figures =
            [
                new("lists derived again in", rebuilt, "s"), new("lists derived again", stored / rebuilt, "subscriptions per second"),
            ],
            Tables =
            [
                new ReportTable(
                    "Pages", ["page", ">p50 ms", ">p99 ms", ">max ms"],
                    [.. pages.Select(one => new[] { one.Page.Name }.Select(name => (ReportCell)name).Concat(Cells(one.Took)).ToArray())]),
                MeasurementRows.Table("Commands", "with", [commands]),
                new ReportTable("Lists behind", ["", ">p50 ms", ">p99 ms", ">max ms"], [["under load", .. Cells(lag)]]),
            ],
            Checks =
            [
                .. pages.Select(one => RunCheck.AtMost($"p99 of {one.Page.Name}, ms", one.Page.LimitMilliseconds, one.Took.P99, "0.0")),
                RunCheck.AtMost("p99 of how far the lists trail, ms", LagMillisecondsMax, lag.P99, "0.0"),
                RunCheck.None("commands that failed", failures),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);

        async Task<(Measurement, LatencySummary, int)> LoadAsync()
        {
            await MarketOffer.SellAsync(api, cancellationToken);
            var tenant = new CalmTenant(api, MarketOffer.Id, "lists");
            await tenant.SellAsync(1_000, cancellationToken);
            await tenant.WorkAsync("warm-up", options.Rate, Math.Min(options.Seconds, 5), cancellationToken);
            var behind = new LatencyHistogram();
            var work = tenant.WorkAsync("lists kept", options.Rate, options.Seconds, cancellationToken);
            while (!work.IsCompleted)
            {
                behind.Record(await ListBook.ReadBehindAsync(database, cancellationToken));
                await Task.Delay(Poll, cancellationToken);
            }

            return (await work, behind.Whole(), tenant.Failures.Count);
        }
    }

    /// <summary>The first requests are not counted: they compile and fill caches.</summary>
    private static async Task<LatencySummary> AskAsync(
        ApiClient api, ListPage page, int stored, int samples, CancellationToken cancellationToken)
    {
        const int first = 20;
        var (took, dice) = (new LatencyHistogram(), new Random(7));
        for (var n = 0; n < samples + first; n++)
        {
            var path = page.PathOf(dice.Next(stored));
            var begun = Stopwatch.GetTimestamp();
            (await api.GetAsync(path, cancellationToken)).Required($"GET {path}");
            if (n >= first) took.Record(Stopwatch.GetElapsedTime(begun));
        }

        return took.Whole();
    }

    private static ReportCell[] Cells(LatencySummary took) =>
        [ReportCell.Of(took.P50, "N1"), ReportCell.Of(took.P99, "N1"), ReportCell.Of(took.Max, "N1")];
}
