
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
    Canceled,
}

/// <summary>Why a simulation failed.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record SimulationFailure(string Code, string Detail);

/// <summary>Where a simulation stands, and what came of it.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Result">The answer; null unless done, and where simulations are listed.</param>
/// <param name="Failure">Why there is none; null unless failed.</param>
public sealed record SimulationState(SimulationStatus Status, SimulationResult? Result = null, SimulationFailure? Failure = null)
{
    /// <summary>Whether it will not change any more.</summary>
    public bool HasEnded => Status is not (SimulationStatus.Queued or SimulationStatus.Running);
}

/// <summary>A question, and how far it is on its way to an answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Origin">Who asked.</param>
/// <param name="Question">What is asked.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SubscriptionsDone">Subscriptions run so far.</param>
public sealed record Simulation(string Id, SimulationOrigin Origin, WhatIfQuestion Question, SimulationState State, long SubscriptionsDone)
{
    /// <summary>Subscriptions to run, as the statistics count them; of a sample about as many.</summary>
    public long SubscriptionsTotal => Math.Min(Question.BookSize, Question.SubscriptionsMax);

    /// <summary>A simulation as it was stored.</summary>
    internal static Simulation Of(StoredSimulation stored) => new(
        stored.Id,
        stored.Origin,
        WhatIfCodec.Decode<WhatIfQuestion>(stored.Question),
        new SimulationState(
            stored.Status, stored.Result is { } result ? WhatIfCodec.Decode<SimulationResult>(result) : null, stored.Failure),
        stored.Done);
}
