namespace OrleansBilling.Silo.Wire;

/// <summary>Due work on its way from a pump to its subscription, with the snapshot that the pump's page carried.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.due")]
internal sealed record DueMessage
{
    /// <summary>The snapshot's version.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The snapshot, as it is stored.</summary>
    [Id(1)]
    public required byte[] State { get; init; }

    /// <summary>Where the pump's virtual clock stands, in milliseconds since 1970; null where time is the machine's.</summary>
    [Id(2)]
    public long? VirtualNow { get; init; }
}

/// <summary>What became of waking a subscription. Numbers cross between versions: never reuse one.</summary>
[GenerateSerializer, Alias("orleans_billing.due_answer")]
internal enum DueAnswer
{
    /// <summary>It did not go on from the snapshot, for no reason of its own.</summary>
    Stuck = 0,

    /// <summary>It went on.</summary>
    Moved = 1,

    /// <summary>The payment provider is behind; wake it again in a moment.</summary>
    Busy = 2,

    /// <summary>It refuses.</summary>
    Refused = 3,

    /// <summary>It finds nothing to do.</summary>
    Idle = 4,

    /// <summary>The database refuses to store what follows.</summary>
    NotStored = 5,
}

/// <summary>What one pass of a pump came to.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.pump_answer")]
internal sealed record PumpAnswer
{
    /// <summary>Subscriptions that were due.</summary>
    [Id(0)]
    public required int Found { get; init; }

    /// <summary>Of these, those that went on.</summary>
    [Id(1)]
    public required int Moved { get; init; }

    /// <summary>One of those that did not.</summary>
    [Id(2)]
    public string? Stuck { get; init; }

    /// <summary>Why nothing could be read; null when the journal answered.</summary>
    [Id(3)]
    public string? Unavailable { get; init; }

    /// <summary>Those that failed for reasons of their own and are in quarantine, or will be.</summary>
    [Id(4)]
    public int Failed { get; init; }

    public static PumpAnswer NotRun(string reason) => new() { Found = 0, Moved = 0, Unavailable = reason };
}
