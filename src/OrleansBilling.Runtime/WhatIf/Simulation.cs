
namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The status of a simulation.</summary>
public enum SimulationStatus
{
    /// <summary>Waiting for its turn.</summary>
    Queued,

    Running,

    /// <summary>Finished with a result.</summary>
    Done,

    /// <summary>Ended without a result.</summary>
    Failed,

    /// <summary>Canceled by its owner.</summary>
    Canceled,
}

public sealed record SimulationFailure(string Code, string Detail);

/// <summary>The status and outcome of a simulation.</summary>
/// <param name="Status">The status.</param>
/// <param name="Result">The result; null unless done, and in lists.</param>
/// <param name="Failure">The reason of a failure; null unless failed.</param>
public sealed record SimulationState(SimulationStatus Status, SimulationResult? Result = null, SimulationFailure? Failure = null)
{
    /// <summary>Whether the status is final.</summary>
    public bool HasEnded => Status is not (SimulationStatus.Queued or SimulationStatus.Running);
}

/// <summary>A question and its progress.</summary>
public sealed record Simulation(string Id, SimulationOrigin Origin, WhatIfQuestion Question, SimulationState State, long SubscriptionsDone)
{
    /// <summary>Subscriptions to run, as the statistics count them; for a sample, approximately.</summary>
    public long SubscriptionsTotal => Math.Min(Question.BookSize, Question.SubscriptionsMax);

    /// <summary>Decodes a stored simulation.</summary>
    internal static Simulation Of(StoredSimulation stored) => new(
        stored.Id,
        stored.Origin,
        WhatIfCodec.Decode<WhatIfQuestion>(stored.Question),
        new SimulationState(
            stored.Status, stored.Result is { } result ? WhatIfCodec.Decode<SimulationResult>(result) : null, stored.Failure),
        stored.Done);
}
