using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// Accepts simulations, and runs those that this process takes from the shared store: one at a time, owners in turn.
/// Waiting questions and results are durable. On stop the current run goes back to the store; it starts over in
/// another process, or here after a restart.
/// </summary>
public sealed partial class Simulations(
    ISimulationStore store, ISubscriptionDirectory directory, SubscriptionReader reader, string runner, SimulationOptions options,
    TimeProvider time, ILogger<Simulations> logger) : IAsyncDisposable
{
    /// <summary>The most simulations in a list.</summary>
    public const int ListMax = 200;

    private readonly CancellationTokenSource stop = new();
    private TaskCompletionSource asked = NewSignal();
    private volatile Running? running;
    private Task loop = Task.CompletedTask;
    private bool failing;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Starts running what waits.</summary>
    public void Start() => loop = Task.Run(LoopAsync);

    /// <summary>Submits a question, unless its owner has one that waits or its id is known.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<Submission> SubmitAsync(
        string id, SimulationOrigin origin, WhatIfQuestion question, CancellationToken cancellationToken)
    {
        var stored = new StoredSimulation(id, origin, Now, WhatIfCodec.Encode(question));
        var outcome = await store.AddAsync(stored, options.WaitingMax, cancellationToken);
        if (outcome == SubmissionOutcome.Known)
            return new Submission(
                outcome, await FindAsync(id, cancellationToken)
                    ?? throw new JournalUnavailableException("The simulation was deleted just now."));
        if (outcome == SubmissionOutcome.Taken)
        {
            await store.PruneAsync(
                origin.Owner, new SimulationBounds(options.KeptMax, options.KeptBytesMax, Now - options.KeptFor), cancellationToken);
            Volatile.Read(ref asked).TrySetResult();
        }

        return new Submission(outcome, Simulation.Of(stored));
    }

    /// <summary>The simulation with this id; null when it is not known, or no longer kept.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<Simulation?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } stored ? Shown(stored) : null;

    /// <summary>Simulations of an owner, or of everybody if null; newest first, without results.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<Simulation>> ListAsync(string? owner, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(owner, ListMax, cancellationToken)).Select(Shown)];

    /// <summary>Cancels a simulation that waits or runs, here or in another process; one that has ended stays as it is.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask CancelAsync(string id, CancellationToken cancellationToken)
    {
        await store.CancelAsync(id, cancellationToken);
        if (running is { } here && here.Id == id) here.CallOff();
    }

    /// <summary>Returns the current run to the store and waits until this process runs none.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var next = NewSignal();
            Interlocked.Exchange(ref asked, next);
            try
            {
                while (!stop.IsCancellationRequested && await store.TakeAsync(NewLease(), stop.Token) is { } taken) await RunAsync(taken);
                failing = false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                if (!failing) LogUnavailable(e.Message);
                failing = true;
            }
            catch (Exception e)
            {
                if (!failing) LogLoopFailed(e);
                failing = true;
            }

            await Task.WhenAny(next.Task, Task.Delay(options.LookInterval, time, stop.Token));
        }
    }

    private async Task RunAsync(StoredSimulation taken)
    {
        SimulationState final;
        using var here = new Running(taken.Id, stop.Token);
        running = here;
        try
        {
            final = taken.Starts > options.StartsMax ? Interrupted : await RunHeldAsync(taken, here);
        }
        finally
        {
            running = null;
        }

        if (final.Status == SimulationStatus.Running) await store.ReleaseAsync(taken.Id, runner, CancellationToken.None);
        else if (!here.IsCalledOff) await store.EndAsync(Ended(taken, final, here.Done), runner, CancellationToken.None);
    }

    /// <summary>Runs a simulation and renews its lease until it ends.</summary>
    private async Task<SimulationState> RunHeldAsync(StoredSimulation taken, Running here)
    {
        using var ended = new CancellationTokenSource();
        var holding = HoldAsync(here, ended.Token);
        try
        {
            return await AnswerAsync(taken, here);
        }
        finally
        {
            await ended.CancelAsync();
            await holding;
        }
    }

    private async Task<SimulationState> AnswerAsync(StoredSimulation taken, Running here)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, here.Token);
        try
        {
            var run = new SimulationRun(WhatIfCodec.Decode<WhatIfQuestion>(taken.Question), directory, reader, options);
            here.Run = run;
            return new SimulationState(SimulationStatus.Done, await run.RunAsync(ends.Token));
        }
        catch (OperationCanceledException) when (here.IsCalledOff)
        {
            return new SimulationState(SimulationStatus.Canceled);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new SimulationState(SimulationStatus.Running);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failed(
                "time_limit",
                $"The simulation took longer than {options.TimeLimit.TotalMinutes:0} minutes; ask for fewer months or subscriptions.");
        }
        catch (JournalUnavailableException e)
        {
            return Failed("unavailable", e.Message);
        }
        catch (OverflowException)
        {
            return Failed(
                "amounts_too_large", "An amount of one subscription does not fit 64 bits; ask for fewer months, or lower prices.");
        }
        catch (Exception e)
        {
            // No failure may stop the simulations that wait.
            LogFailed(e, taken.Id);
            return Failed("internal_error", "The simulation failed for a reason of ours. It was logged.");
        }
    }

    private async Task HoldAsync(Running here, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(options.RenewInterval, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!ended.IsCancellationRequested && !await store.RenewAsync(here.Id, NewLease(), here.Done, ended)) here.CallOff();
            }
            catch (Exception e) when (e is OperationCanceledException or JournalUnavailableException)
            {
                // The run has ended, or the database does not answer. Nobody else takes the run until the lease ends.
            }
        }
    }

    private Simulation Shown(StoredSimulation stored)
    {
        var simulation = Simulation.Of(stored);
        return running is { } here && here.Id == stored.Id &&
            stored.Status == SimulationStatus.Running ? simulation with { SubscriptionsDone = here.Done } : simulation;
    }

    private SimulationLease NewLease() => new(runner, Now, Now + options.Lease);

    private static StoredSimulation Ended(StoredSimulation taken, SimulationState final, long done) => taken with
    {
        Status = final.Status,
        Done = done,
        Result = final.Result is { } result ? WhatIfCodec.Encode(result) : null,
        Failure = final.Failure,
    };

    private static SimulationState Interrupted =>
        Failed("interrupted", "The simulation was started several times, and each time its process ended first.");

    private static SimulationState Failed(string code, string detail) =>
        new(SimulationStatus.Failed, Failure: new SimulationFailure(code, detail));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run in progress in this process.</summary>
    private sealed class Running(string id, CancellationToken stopping) : IDisposable
    {
        private readonly CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private readonly Lock gate = new();
        private bool over;

        public string Id => id;

        public SimulationRun? Run { get; set; }

        public long Done => Run?.Done ?? 0;

        public bool IsCalledOff { get; private set; }

        /// <summary>Fires when the run is canceled, or the process stops.</summary>
        public CancellationToken Token => ends.Token;

        /// <summary>Cancels the run: its owner canceled it, here or elsewhere, or another process has it now.</summary>
        public void CallOff()
        {
            lock (gate)
            {
                if (over) return;
                IsCalledOff = true;
                ends.Cancel();
            }
        }

        public void Dispose()
        {
            lock (gate) over = true;
            ends.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Simulation {SimulationId} failed.")]
    private partial void LogFailed(Exception exception, string simulationId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Simulations wait because the database is unavailable: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The simulation loop failed and continues.")]
    private partial void LogLoopFailed(Exception exception);
}

/// <summary>Whether a submitted simulation was accepted.</summary>
public enum SubmissionOutcome
{
    /// <summary>Accepted; it runs or waits.</summary>
    Taken,

    /// <summary>A simulation with this id was submitted before.</summary>
    Known,

    /// <summary>The owner already has one that waits, or too many wait overall.</summary>
    Full,
}

/// <summary>The result of submitting a simulation.</summary>
/// <param name="Outcome">Whether it was accepted.</param>
/// <param name="Simulation">The new simulation, or the one that already has the id.</param>
public readonly record struct Submission(SubmissionOutcome Outcome, Simulation Simulation);
