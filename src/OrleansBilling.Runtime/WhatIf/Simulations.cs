using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// The simulations of this process: one runs, a few wait, and the latest are kept in memory. Nothing of it is durable;
/// a restart forgets them all, and asking again with the same seed gives the same answer of the same book.
/// </summary>
public sealed partial class Simulations(
    ISubscriptionDirectory directory, SubscriptionReader reader, SimulationOptions options, TimeProvider time, ILogger<Simulations> logger) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<Simulation> kept = [];
    private readonly Queue<Simulation> waiting = new();
    private Task worker = Task.CompletedTask;
    private bool busy;
    private bool stopping;

    /// <summary>Takes a simulation in, unless the queue is full or its id is known.</summary>
    public Submission Submit(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        lock (gate)
        {
            if (FindKept(simulation.Id) is { } known) return new Submission(SubmissionOutcome.Known, known);
            if (stopping || (busy && waiting.Count >= options.WaitingMax)) return new Submission(SubmissionOutcome.Full, simulation);
            MakeRoom();
            kept.Add(simulation);
            waiting.Enqueue(simulation);
            if (!busy)
            {
                busy = true;
                worker = Task.Run(WorkAsync);
            }

            return new Submission(SubmissionOutcome.Taken, simulation);
        }
    }

    /// <summary>The simulation with this id, or null when it is not known, or no longer.</summary>
    public Simulation? Find(string id)
    {
        lock (gate) return FindKept(id);
    }

    /// <summary>All that are kept, newest first.</summary>
    public IReadOnlyList<Simulation> List()
    {
        lock (gate)
        {
            var newestFirst = kept.ToArray();
            Array.Reverse(newestFirst);
            return newestFirst;
        }
    }

    /// <summary>Calls a simulation off that waits or runs; one that has ended stays as it is.</summary>
    public void Cancel(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        lock (gate)
        {
            if (simulation.State.HasEnded) return;
            End(simulation, new SimulationState(SimulationStatus.Cancelled));
            RemoveWaiting(simulation);
        }

        simulation.Cancellation.Cancel();
    }

    /// <summary>Calls off what waits or runs, and waits until nothing does.</summary>
    public async ValueTask DisposeAsync()
    {
        Simulation[] unfinished;
        lock (gate)
        {
            stopping = true;
            unfinished = [.. kept.Where(simulation => !simulation.State.HasEnded)];
        }

        foreach (var simulation in unfinished) Cancel(simulation);
        await worker;
    }

    private async Task WorkAsync()
    {
        while (Take() is { } next)
        {
            var run = new SimulationRun(next.Question, directory, reader, options);
            lock (gate)
            {
                if (next.State.HasEnded) continue;
                next.Begin(run);
            }

            var final = await RunAsync(next, run);
            lock (gate) End(next, final);
        }
    }

    private async Task<SimulationState> RunAsync(Simulation simulation, SimulationRun run)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, simulation.Cancellation.Token);
        try
        {
            return new SimulationState(SimulationStatus.Done, await run.RunAsync(stop.Token));
        }
        catch (OperationCanceledException) when (simulation.Cancellation.IsCancellationRequested)
        {
            return new SimulationState(SimulationStatus.Cancelled);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failed("time_limit", $"The simulation took longer than {options.TimeLimit.TotalMinutes:0} minutes; ask for fewer months or subscriptions.");
        }
        catch (JournalUnavailableException e)
        {
            return Failed("unavailable", e.Message);
        }
        catch (OverflowException)
        {
            return Failed("amounts_too_large", "An amount of one subscription does not fit 64 bits; ask for fewer months, or lower prices.");
        }
        catch (Exception e)
        {
            // Whatever it is, it must not stop those that wait.
            LogFailed(e, simulation.Id);
            return Failed("internal_error", "The simulation failed for a reason of ours. It was logged.");
        }
    }

    private Simulation? Take()
    {
        lock (gate)
        {
            busy = waiting.TryDequeue(out var next);
            return next;
        }
    }

    private void RemoveWaiting(Simulation simulation)
    {
        for (var n = waiting.Count; n > 0; n--)
        {
            var one = waiting.Dequeue();
            if (one != simulation) waiting.Enqueue(one);
        }
    }

    private Simulation? FindKept(string id) => kept.Find(simulation => simulation.Id == id);

    private void MakeRoom()
    {
        if (kept.Count >= options.KeptMax) kept.Remove(kept.Find(simulation => simulation.State.HasEnded)!);
    }

    /// <summary>What was called off stays so, although its run may end a little later.</summary>
    private static void End(Simulation simulation, SimulationState final)
    {
        if (!simulation.State.HasEnded) simulation.End(final);
    }

    private static SimulationState Failed(string code, string detail) => new(SimulationStatus.Failed, Failure: new SimulationFailure(code, detail));
}

/// <summary>Whether a simulation was taken in.</summary>
public enum SubmissionOutcome
{
    /// <summary>It runs or waits.</summary>
    Taken,

    /// <summary>One with its id was asked for before.</summary>
    Known,

    /// <summary>Too many wait.</summary>
    Full,
}

/// <summary>What became of a simulation that was handed in.</summary>
/// <param name="Outcome">Whether it was taken in.</param>
/// <param name="Simulation">It, or the one that is known by its id.</param>
public readonly record struct Submission(SubmissionOutcome Outcome, Simulation Simulation);
