namespace OrleansBilling.Cluster.Wire;

/// <summary>
/// A command on its way. What it says is in a format of our own (<c>CommandCodec</c>), so that processes of different
/// versions understand each other whatever Orleans makes of types.
/// </summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.command")]
internal sealed record CommandMessage
{
    /// <summary>The command.</summary>
    [Id(0)]
    public required byte[] Body { get; init; }

    /// <summary>Where the sender's virtual clock stands, in milliseconds since 1970; null where time is the machine's.</summary>
    [Id(1)]
    public long? VirtualNow { get; init; }
}

/// <summary>What became of a command, in the format of <c>ResultCodec</c>.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.command_answer")]
internal sealed record CommandAnswer
{
    /// <summary>The result.</summary>
    [Id(0)]
    public required byte[] Body { get; init; }
}
