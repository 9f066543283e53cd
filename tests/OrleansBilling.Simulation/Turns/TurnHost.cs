using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Simulation.Turns;

/// <summary>
/// Hosts subscriptions in this process without Orleans: turns, effects outside the turns, and a pump for each group of
/// due work. A seeded scheduler makes it deterministic; load tests compare it with grains. It keeps nothing that is not
/// in the journal: dropping it at any time loses no acknowledged command.
/// </summary>
public sealed partial class TurnHost : IBillingHost
{
    private readonly TurnHostOptions options;
    private readonly LiveSubscriptions live;
    private readonly EffectRunner effects;
    private readonly DuePump[] pumps;
    private readonly TimeProvider time;
    private readonly ILogger<TurnHost> logger;
    private readonly OperationsInFlight commands = new();
    private int commandsUnderWay;
    private volatile bool stopping;

    /// <summary>
    /// Creates the host; nothing runs by itself before <see cref="StartAsync"/>. Without a quarantine,
    /// failed subscriptions only wait longer.
    /// </summary>
    public TurnHost(
        TurnHostOptions options,
        IJournal journal,
        IDueQueue due,
        CatalogCache catalog,
        IPaymentProvider payments,
        IClock clock,
        TimeProvider time,
        ILoggerFactory loggers,
        IQuarantine? quarantine = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(due);
        var businessClock = new BillingClock(clock);
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<TurnHost>();
        live = new LiveSubscriptions(
            options.LiveSubscriptionsMax,
            SubscriptionHandlerServices.Create(journal, catalog, businessClock) with { CountsStatistics = options.CountsStatistics });
        effects = new EffectRunner(
            payments,
            options,
            time,
            async (id, envelope) => EffectAnswer.Of(await RunAsync(id, envelope, null, CancellationToken.None)),
            loggers,
            live.Release);
        var pumpOptions = options with { WakesMax = Math.Max(1, options.WakesMax / due.GroupCount) };
        pumps = [.. Enumerable.Range(0, due.GroupCount).Select(group => new DuePump(
            (now, after, limit, token) => due.ReadDueAsync(group, now, after, limit, token),
            businessClock, pumpOptions, time, WakeAsync, quarantine, loggers.CreateLogger<DuePump>()))];
    }

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>Subscriptions in memory.</summary>
    public int LiveCount => live.Count;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var pump in pumps) pump.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        if (stopping) return new CommandResult.Unavailable("stopping", "The server is stopping.");
        if (Interlocked.Increment(ref commandsUnderWay) > options.CommandsMax)
        {
            Interlocked.Decrement(ref commandsUnderWay);
            return new CommandResult.Unavailable("busy", "Too many commands are in flight.");
        }

        try
        {
            return await RunAsync(subscriptionId, envelope, null, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref commandsUnderWay);
        }
    }

    /// <inheritdoc/>
    public Task<int> RunDueAsync(CancellationToken cancellationToken) =>
        DueDrain.RunAsync(effects.WhenIdleAsync, RunOnceAsync, cancellationToken);

    /// <summary>
    /// Stops taking commands, finishes work in flight, including provider calls, and stops the pumps. After
    /// <see cref="BillingHostOptions.StopTimeout"/> the rest is left to the due times of the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), bound, options.StopTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            await Task.WhenAll(pumps.Select(pump => pump.StopAsync(bound.Token)));
            await commands.WhenIdleAsync(bound.Token);
            await effects.WhenIdleAsync(bound.Token);
            await commands.WhenIdleAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            LogStopTimedOut();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!stopping) await StopAsync(CancellationToken.None);
        foreach (var pump in pumps) pump.Dispose();
        effects.Dispose();
    }

    /// <summary>One pass of every pump.</summary>
    private async Task<PumpPass> RunOnceAsync(CancellationToken cancellationToken)
    {
        var passes = await Task.WhenAll(pumps.Select(pump => pump.RunOnceAsync(cancellationToken)));
        return new PumpPass(
            passes.Sum(pass => pass.Found), passes.Sum(pass => pass.Moved), passes.FirstOrDefault(pass => pass.Stuck is not null).Stuck,
            passes.Sum(pass => pass.Failed));
    }

    /// <summary>Wakes a due subscription; returns whether it moved on from that snapshot.</summary>
    private async Task<WakeOutcome> WakeAsync(StoredSubscription due, CancellationToken cancellationToken)
    {
        // A provider that is slower than the pump holds back the pump, not commands.
        if (effects.IsFull) await effects.WhenRoomAsync(cancellationToken);
        var result = await RunAsync(due.SubscriptionId, CommandEnvelope.Wake, due, cancellationToken);
        return WakeOutcome.Of(result, due);
    }

    private async ValueTask<CommandResult> RunAsync(
        string id, CommandEnvelope envelope, StoredSubscription? stored, CancellationToken cancellationToken)
    {
        commands.Begin();
        var span = CommandSpan.Begin(envelope, time);
        CommandResult? result = null;
        try
        {
            while (true)
            {
                var subscription = live.GetOrAdd(id, passing: envelope.Caller.Role == Role.System);
                var admission = await subscription.Turns.EnterAsync(options.WaitingTurnsMax);
                if (admission == TurnAdmission.Full)
                    return result = new CommandResult.Unavailable("busy", "Too many commands are waiting for this subscription.");
                if (admission == TurnAdmission.Retired) continue;
                var outcome = default(HandlerOutcome);
                try
                {
                    outcome = await subscription.Handler.HandleAsync(envelope, stored, cancellationToken);
                }
                finally
                {
                    subscription.Turns.Exit();

                    // With effects it is needed again in a moment, or released when they have ended.
                    if (outcome.Effects is null or { Count: 0 }) live.Release(subscription);
                }

                effects.Start(id, outcome);
                return result = outcome.Result;
            }
        }
        finally
        {
            span.End(result);
            commands.End();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Stopping took too long; work in flight is left to the due times of the next start.")]
    private partial void LogStopTimedOut();
}
