using NodaTime;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Data;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>Runs <c>throughput</c>: fills a database, measures each way, reports.</summary>
internal static class ThroughputRun
{
    /// <summary>So few that every one of them is in a burst all the time.</summary>
    private const int UsageSubscriptions = 1_000;

    public static async Task<int> RunAsync(ThroughputOptions options, CancellationToken cancellationToken)
    {
        if (options.Streams > options.Callers) throw new BadArgumentException("--streams must not be more than --callers.");
        if (options.Small > options.Subscriptions) throw new BadArgumentException("--small must not be more than --subscriptions.");
        var startedAt = DateTimeOffset.UtcNow;
        var machine = new Machine();
        Screen.Line("starting PostgreSQL");
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var bench = new Bench(
            options, postgres, Instant.FromUnixTimeMilliseconds(startedAt.ToUnixTimeMilliseconds()), "seed",
            ThroughputCatalog.Make());
        var sample = await FillAsync(bench, cancellationToken);

        var figures = new ThroughputFigures();
        await MeasureAsync(bench, sample, figures, cancellationToken);
        if (options.Wants(WayNames.Usage)) figures.AddUsage(await MeasureUsageAsync(bench, cancellationToken));
        if (options.Small is { } small) await MeasureSmallAsync(bench, small, figures, cancellationToken);
        IReadOnlyList<Condition> conditions =
        [
            .. await machine.ReadAsync(postgres, cancellationToken),
            .. options.Conditions(sample, WaysInProcess.SqliteSubscriptions(options.Subscriptions)),
        ];
        return await Screen.ShowAsync(figures.Report(startedAt, conditions), options.Report, cancellationToken);
    }

    private static async Task<SampleCommit> FillAsync(Bench bench, CancellationToken cancellationToken)
    {
        SampleCommit? sample = null;
        await Screen.ProgressAsync(
            "filling PostgreSQL", bench.Options.Subscriptions, async done => sample = await bench.FillAsync(done, cancellationToken));
        return sample!;
    }

    private static async Task MeasureAsync(Bench bench, SampleCommit sample, ThroughputFigures figures, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        var yardsticks = new Yardsticks(bench, sample);
        var bare = new WaysInProcess(bench, Engine.Bare);
        var silo = new WaysInProcess(bench, Engine.Silo);
        var overHttp = new WaysOverHttp(bench);
        if (options.Wants(WayNames.Size)) figures.Add(await bench.ReadSizeAsync(cancellationToken));
        if (options.Wants(WayNames.Baseline))
        {
            var (best, trials) = await yardsticks.BaselineAsync(cancellationToken);
            figures.BaselineTrials = trials;
            figures.Add(best);
        }

        if (options.Wants(WayNames.Journal)) figures.Add(await yardsticks.JournalAsync(cancellationToken));
        if (options.Wants(WayNames.Runtime)) figures.Add(await bare.CommandsAsync(WayNames.Runtime, cancellationToken));
        if (options.Wants(WayNames.Sqlite)) figures.Add(await bare.SqliteAsync(cancellationToken));
        if (options.Wants(WayNames.Http) || options.Wants(WayNames.Bulk)) await overHttp.GatewayAsync(figures.Add, cancellationToken);
        if (options.Wants(WayNames.Constant)) figures.Add(await overHttp.ConstantAsync(cancellationToken));
        if (options.Wants(WayNames.BillingDay)) figures.Add(await bare.BillingDayAsync(countsStatistics: true, cancellationToken));
        if (options.Wants(WayNames.BillingDay) && options.Wants(WayNames.WithoutStatistics))
            figures.Add(await bare.BillingDayAsync(countsStatistics: false, cancellationToken));
        if (options.Wants(WayNames.WithStatistics))
        {
            var (measurement, verdict) = await bare.CountedAsync(countsStatistics: true, cancellationToken);
            figures.Add(measurement);
            figures.Add(verdict!.Checks());
        }

        if (options.Wants(WayNames.WithoutStatistics))
            figures.Add((await bare.CountedAsync(countsStatistics: false, cancellationToken)).Measurement);
        if (options.Wants(WayNames.Cold)) figures.AddCold(await bare.ColdAsync(cancellationToken));
        if (options.Wants(WayNames.StartUp)) figures.Add(await overHttp.StartUpAsync(cancellationToken));
        if (options.Wants(WayNames.StockOrleans)) figures.Add(await yardsticks.StockOrleansAsync(cancellationToken));
        if (options.Wants(WayNames.Orleans)) figures.Add(await silo.CommandsAsync(WayNames.Orleans, cancellationToken));
        if (options.Wants(WayNames.OrleansBillingDay)) figures.Add(await silo.BillingDayAsync(countsStatistics: true, cancellationToken));
        if (options.Wants(WayNames.OrleansCold)) figures.AddSiloCold(await silo.ColdAsync(cancellationToken));
    }

    /// <summary>On a database of its own, where subscriptions are few and metered.</summary>
    private static async Task<Measurement> MeasureUsageAsync(Bench bench, CancellationToken cancellationToken)
    {
        var few = bench.Options with { Subscriptions = UsageSubscriptions };
        var metered = new Bench(few, bench.Postgres, bench.SoldAt, "seed_usage", ThroughputCatalog.MakeMetered());
        await FillAsync(metered, cancellationToken);
        return await new WaysInProcess(metered, Engine.Silo).UsageAsync(cancellationToken);
    }

    /// <summary>Measures bare handler and silo once more on a database with fewer subscriptions.</summary>
    private static async Task MeasureSmallAsync(Bench bench, int small, ThroughputFigures figures, CancellationToken cancellationToken)
    {
        var few = bench.Options with { Subscriptions = small };
        var smaller = new Bench(few, bench.Postgres, bench.SoldAt, "seed_small", ThroughputCatalog.Make());
        await FillAsync(smaller, cancellationToken);
        foreach (var engine in Engine.All.Where(engine => bench.Options.Wants(engine.Commands)))
            figures.Add(await new WaysInProcess(smaller, engine).CommandsAsync(engine.CommandsSmall, cancellationToken));
    }
}
