using System.Diagnostics;
using NodaTime;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Due;
using OrleansBilling.LoadTests.Scenarios.Load;
using OrleansBilling.LoadTests.Scenarios.Report;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Puts load on a running system and measures it, until the system has finished what follows from it.</summary>
internal sealed class LoadDriver(
    ScenarioOptions options, LoadScenario scenario, RunningSystem system, ILoadTarget target, SeedPlan plan, Instant dueAt,
    AcknowledgedVersions acknowledged)
{
    private static readonly TimeSpan TouchingMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatisticsInterval = TimeSpan.FromMilliseconds(100);
    private readonly LoadMeter meter = new();

    /// <summary>Brings every stored subscription into memory.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        Screen.Line("bringing all subscriptions into memory");
        using var session = new LoadSession(target, new TouchEach(plan.Count), acknowledged, new LoadMeter());
        await new ClosedCallers(options.Callers).RunAsync(session, TouchingMax, cancellationToken);
    }

    /// <summary>Waits until due work begins, so that load and due work start together.</summary>
    public async Task WaitForDueAsync(CancellationToken cancellationToken)
    {
        var ahead = dueAt - SystemClock.Instance.GetCurrentInstant() - (HasCommands ? Duration.FromTimeSpan(WarmUp) : Duration.Zero);
        if (ahead <= Duration.Zero) return;
        Screen.Line($"waiting {ahead.TotalSeconds:0} s until subscriptions are due");
        await Task.Delay(ahead.ToTimeSpan(), cancellationToken);
    }

    /// <param name="connectionString">The database, to watch due work in.</param>
    /// <param name="systemStartedAt">Timestamp; nothing that was due earlier could be done before.</param>
    /// <param name="processors">Who used them.</param>
    /// <param name="show">Called with how it stands.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<DrivenLoad> RunAsync(
        string connectionString, long systemStartedAt, ProcessorUse processors, Action<string> show, CancellationToken cancellationToken)
    {
        var log = scenario.WatchesStatistics ? new FreshnessLog() : null;
        var startedAt = Stopwatch.GetTimestamp();
        var measuredFrom = HasCommands ? startedAt + (long)(WarmUp.TotalSeconds * Stopwatch.Frequency) : startedAt;
        meter.MeasureFrom(measuredFrom);
        await using var due = new DueWatch(connectionString, Math.Max(systemStartedAt, TimestampOf(dueAt)));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new LoadWatch(HasCommands ? meter : null, scenario.HasDueWork ? due : null, show);
        var watching = Task.WhenAll(
            watch.RunAsync(measuredFrom, over.Token),
            scenario.HasDueWork ? due.WatchAsync(over.Token) : Task.CompletedTask,
            log is null ? Task.CompletedTask : log.ReadUntilAsync(StatisticsInterval, ReadCanceledAsync, over.Token));

        try
        {
            var before = processors.Read();
            var heldBack = await LoadAsync(log, startedAt, cancellationToken);
            var loadEndedAt = SystemClock.Instance.GetCurrentInstant();
            var drained = await due.WaitUntilDoneAsync(TimeSpan.FromSeconds(options.Drain), cancellationToken);
            var after = processors.Read();
            await over.CancelAsync();
            await watching;
            var renewals = scenario.HasDueWork
                ? Renewals.Of(due.Points, dueAtOnce: scenario.RenewalsExpected(plan.Count) is not null)
                : null;
            return new DrivenLoad
            {
                Figures = Figures(heldBack),
                LoadEndedAt = loadEndedAt,
                Drained = drained,
                Renewals = renewals,
                Freshness = log?.Judge(opening: 0),
                ProcessorMicroseconds = ProcessorUse.Between(before, after, meter.Done > 0 ? meter.Done : renewals?.Invoiced ?? 0),
                Series = watch.Series,
                Distribution = meter.Latencies.Distribution(),
            };
        }
        finally
        {
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static long TimestampOf(Instant instant) =>
        Stopwatch.GetTimestamp() + (long)((instant - SystemClock.Instance.GetCurrentInstant()).TotalSeconds * Stopwatch.Frequency);

    private bool HasCommands => scenario.Workload(options, plan.Count) is not null;

    private TimeSpan WarmUp => scenario.WarmsUp ? options.WarmingUp : TimeSpan.Zero;

    /// <summary>Sends the commands; how many had to wait because too many were in flight.</summary>
    private async Task<int> LoadAsync(FreshnessLog? log, long startedAt, CancellationToken cancellationToken)
    {
        if (scenario.Workload(options, plan.Count) is not { } workload) return 0;
        var watched = log is null ? target : new WatchedTarget(target, log);
        using var session = new LoadSession(watched, workload, acknowledged, meter);
        var duration = WarmUp + options.Measured;
        if (options.Loop == LoopNames.Closed)
        {
            await new ClosedCallers(options.Callers).RunAsync(session, duration, cancellationToken);
            return 0;
        }

        var loop = new OpenLoop(PoissonSchedule.Make(options.Rate, duration, options.Seed), options.InFlight);
        await loop.RunAsync(session, startedAt, cancellationToken);
        return loop.HeldBack;
    }

    private ValueTask<long> ReadCanceledAsync(CancellationToken cancellationToken) =>
        system.ReadCanceledAsync(LoadCatalog.SellerOf(0), cancellationToken);

    private LoadFigures Figures(int heldBack)
    {
        var seconds = meter.Elapsed.TotalSeconds;
        return new LoadFigures(
            meter.Done, meter.Refused, meter.Failed, seconds, seconds > 0 ? meter.Done / seconds : 0, meter.Latencies.Whole(), heldBack,
            new Dictionary<string, long>(meter.Codes));
    }
}
