namespace OrleansBilling.Silo.Wire;

/// <summary>Due work that a pump sends to a subscription, with the snapshot that the pump has read.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.due")]
internal sealed record DueMessage
{
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The snapshot as stored.</summary>
    [Id(1)]
    public required byte[] State { get; init; }

    /// <summary>The pump's virtual time in milliseconds since 1970; null without a virtual clock.</summary>
    [Id(2)]
    public long? VirtualNow { get; init; }
}

/// <summary>The outcome of waking a subscription. The numbers are sent between versions: never reuse one.</summary>
[GenerateSerializer, Alias("orleans_billing.due_answer")]
internal enum DueAnswer
{
    /// <summary>It made no progress, for a reason outside the subscription.</summary>
    Stuck = 0,

    /// <summary>It made progress.</summary>
    Moved = 1,

    /// <summary>The payment provider is overloaded. Wake it again in a moment.</summary>
    Busy = 2,

    /// <summary>The wake was refused.</summary>
    Refused = 3,

    /// <summary>There was nothing to do.</summary>
    Idle = 4,

    /// <summary>The database refused to store the next events.</summary>
    NotStored = 5,
}

/// <summary>The result of one pass of a pump.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.pump_answer")]
internal sealed record PumpAnswer
{
    /// <summary>Number of due subscriptions.</summary>
    [Id(0)]
    public required int Found { get; init; }

    /// <summary>Number of due subscriptions that made progress.</summary>
    [Id(1)]
    public required int Moved { get; init; }

    /// <summary>One that made no progress; null if there is none.</summary>
    [Id(2)]
    public string? Stuck { get; init; }

    /// <summary>Why due work could not be read; null if the journal answered.</summary>
    [Id(3)]
    public string? Unavailable { get; init; }

    /// <summary>Number of subscriptions that failed for their own reasons. They are, or will be, in quarantine.</summary>
    [Id(4)]
    public int Failed { get; init; }

    public static PumpAnswer NotRun(string reason) => new() { Found = 0, Moved = 0, Unavailable = reason };
}
