using System.Globalization;
using NodaTime;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Report;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The whole of <c>throughput</c>: database, rows, way after way, report.</summary>
internal static class ThroughputRun
{
    public static async Task<int> RunAsync(ThroughputOptions options, CancellationToken cancellationToken)
    {
        if (options.Streams > options.Callers) throw new BadArgumentException("--streams must not be more than --callers.");
        var startedAt = DateTimeOffset.UtcNow;
        var loadAverageBefore = Conditions.LoadAverage();
        Screen.Line("starting PostgreSQL");
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var bench = new Bench(options, postgres, Instant.FromUnixTimeMilliseconds(startedAt.ToUnixTimeMilliseconds()));
        SampleCommit? sample = null;
        await Screen.ProgressAsync("filling PostgreSQL", options.Subscriptions, async done => sample = await bench.FillAsync(done, cancellationToken));
        var conditions = await Conditions.ReadAsync(
            options, postgres, sample!, WaysInProcess.SqliteSubscriptions(options.Subscriptions), loadAverageBefore, cancellationToken);

        var figures = await MeasureAsync(bench, sample!, cancellationToken);
        var report = new ThroughputReport
        {
            StartedAt = startedAt,
            Conditions = conditions with { LoadAverageAfter = Conditions.LoadAverage() },
            BaselineTrials = figures.BaselineTrials,
            Ways = figures.Ways,
            BillingDay = figures.BillingDay,
            Ratios = Ratio.Of(figures.Ways),
        };
        ReportTables.Show(report);
        if (options.Report is { } path) await report.WriteAsync(path, cancellationToken);
        return figures.Ways.Any(way => way.Failed > 0 || way.Done == 0) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<Figures> MeasureAsync(Bench bench, SampleCommit sample, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        var figures = new Figures();
        var inProcess = new WaysInProcess(bench, sample);
        var overHttp = new WaysOverHttp(bench);
        if (options.Wants(WayNames.Baseline))
        {
            var (best, trials) = await inProcess.BaselineAsync(cancellationToken);
            figures.BaselineTrials = trials;
            figures.Add(best);
        }

        if (options.Wants(WayNames.Journal)) figures.Add(await inProcess.JournalAsync(cancellationToken));
        if (options.Wants(WayNames.Runtime)) figures.Add(await inProcess.RuntimeAsync(cancellationToken));
        if (options.Wants(WayNames.Sqlite)) figures.Add(await inProcess.SqliteAsync(cancellationToken));
        if (options.Wants(WayNames.Http) || options.Wants(WayNames.Bulk)) await overHttp.GatewayAsync(figures.Add, cancellationToken);
        if (options.Wants(WayNames.Constant)) figures.Add(await overHttp.ConstantAsync(cancellationToken));
        if (options.Wants(WayNames.BillingDay)) figures.BillingDay = await inProcess.BillingDayAsync(cancellationToken);
        return figures;
    }

    /// <summary>What has been measured so far.</summary>
    private sealed class Figures
    {
        private readonly List<Measurement> ways = [];

        public IReadOnlyList<Measurement> Ways => ways;

        public IReadOnlyList<Measurement> BaselineTrials { get; set; } = [];

        public BillingDay? BillingDay { get; set; }

        public void Add(Measurement way)
        {
            ways.Add(way);
            Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{way.Way}: {way.PerSecond:N0} a second"));
        }
    }
}
