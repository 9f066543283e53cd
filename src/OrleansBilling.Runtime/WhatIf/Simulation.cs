namespace OrleansBilling.Runtime.WhatIf;

/// <summary>Where a simulation stands.</summary>
public enum SimulationStatus
{
    /// <summary>Others are before it.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Ended without an answer.</summary>
    Failed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>Why a simulation failed.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record SimulationFailure(string Code, string Detail);

/// <summary>Where a simulation stands, and what came of it.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Result">The answer; null unless done.</param>
/// <param name="Failure">Why there is none; null unless failed.</param>
public sealed record SimulationState(SimulationStatus Status, SimulationResult? Result = null, SimulationFailure? Failure = null)
{
    /// <summary>Whether it will not change any more.</summary>
    public bool HasEnded => Status is not (SimulationStatus.Queued or SimulationStatus.Running);
}

/// <summary>A question, and its way to an answer. Changed by <see cref="Simulations"/> only; may be read at any time.</summary>
public sealed class Simulation(string id, SimulationOrigin origin, WhatIfQuestion question)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SimulationState state = new(SimulationStatus.Queued);
    private volatile SimulationRun? run;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>Who asked.</summary>
    public SimulationOrigin Origin => origin;

    /// <summary>What is asked.</summary>
    public WhatIfQuestion Question => question;

    /// <summary>Where it stands.</summary>
    public SimulationState State => state;

    /// <summary>Subscriptions run so far.</summary>
    public long SubscriptionsDone => run?.Done ?? 0;

    /// <summary>Subscriptions to run, as the statistics count them; of a sample about as many.</summary>
    public long SubscriptionsTotal => Math.Min(question.BookSize, question.SubscriptionsMax);

    /// <summary>Completes when it has ended, whichever way.</summary>
    public Task Ended => ended.Task;

    internal CancellationTokenSource Cancellation { get; } = new();

    internal void Begin(SimulationRun begun)
    {
        run = begun;
        state = new SimulationState(SimulationStatus.Running);
    }

    internal void End(SimulationState final)
    {
        state = final;
        ended.SetResult();
    }
}
