using System.Diagnostics;
using NodaTime;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Due;
using OrleansBilling.LoadTests.Scenarios.Load;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Loads and measures a running system until it has finished all resulting work.</summary>
internal sealed class LoadDriver(
    ScenarioOptions options, LoadScenario scenario, RunningSystem system, ILoadTarget target, LoadCatalog catalog, int stored,
    AcknowledgedVersions acknowledged)
{
    private static readonly TimeSpan TouchingMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatisticsInterval = TimeSpan.FromMilliseconds(100);
    private readonly Meter meter = new();

    /// <summary>How long commands are sent before the measurement.</summary>
    public TimeSpan WarmUp => scenario.WarmsUp && HasCommands ? options.WarmingUp : TimeSpan.Zero;

    private bool HasCommands => scenario.Workload(options, stored) is not null;

    /// <summary>Waits until the load must start.</summary>
    public static async Task WaitUntilAsync(Instant begin, CancellationToken cancellationToken)
    {
        var ahead = begin - SystemClock.Instance.GetCurrentInstant();
        if (ahead <= Duration.Zero) return;
        Screen.Line($"waiting {ahead.TotalSeconds:0} s until the load starts");
        await Task.Delay(ahead.ToTimeSpan(), cancellationToken);
    }

    /// <summary>Loads every stored subscription into memory.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        Screen.Line("loading all subscriptions into memory");
        using var session = new LoadSession(target, new TouchEach(stored), acknowledged, new Meter());
        await session.RunClosedAsync(options.Callers, TouchingMax, cancellationToken);
    }

    /// <param name="due">Watches due work.</param>
    /// <param name="processors">The processes whose processor time is measured.</param>
    /// <param name="show">Called with the current status.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<DrivenLoad> RunAsync(
        DueProgress due, ProcessorUse processors, Action<string> show, CancellationToken cancellationToken)
    {
        var log = scenario.WatchesStatistics ? new FreshnessLog() : null;
        var startedAt = Stopwatch.GetTimestamp();
        var measuredFrom = startedAt + (long)(WarmUp.TotalSeconds * Stopwatch.Frequency);
        var clockAtStart = DateTimeOffset.UtcNow;
        meter.MeasureFrom(measuredFrom);
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
                ? Renewals.Of(due.Points, dueAtOnce: scenario.RenewalsExpected(stored) is not null)
                : null;
            return new DrivenLoad
            {
                Commands = Measurement.Of(scenario.Name, options.Loop == LoopNames.Closed ? options.Callers : options.InFlight, meter) with
                {
                    HeldBack = heldBack,
                    ProcessorMicroseconds = ProcessorUse.Between(before, after, meter.Done > 0 ? meter.Done : renewals?.Invoiced ?? 0),
                },
                Latencies = meter.Latencies,
                MeasuredFrom = clockAtStart + WarmUp,
                LoadEndedAt = loadEndedAt,
                Drained = drained,
                Renewals = renewals,
                Freshness = log?.Judge(opening: 0),
                Series = watch.Series,
            };
        }
        finally
        {
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends the commands; returns how many waited because too many were in flight.</summary>
    private async Task<int> LoadAsync(FreshnessLog? log, long startedAt, CancellationToken cancellationToken)
    {
        if (scenario.Workload(options, stored) is not { } workload) return 0;
        var watched = log is null ? target : new WatchedTarget(target, log);
        using var session = new LoadSession(watched, workload, acknowledged, meter);
        var duration = WarmUp + options.Measured;
        if (options.Loop == LoopNames.Closed)
        {
            await session.RunClosedAsync(options.Callers, duration, cancellationToken);
            return 0;
        }

        var schedule = ArrivalSchedule.Poisson(options.Rate * scenario.RateFactor, duration, options.Seed);
        return await session.RunOpenAsync(schedule, options.InFlight, startedAt, cancellationToken);
    }

    private ValueTask<long> ReadCanceledAsync(CancellationToken cancellationToken) =>
        system.ReadCanceledAsync(catalog.SellerOf(0), cancellationToken);
}
