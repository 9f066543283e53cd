namespace OrleansBilling.Console;

/// <summary>How much of a process the pages may use.</summary>
public sealed record ConsoleLimits
{
    /// <summary>The most open pages. Each keeps its state in memory.</summary>
    public int Circuits { get; init; } = 1_000;

    /// <summary>The most open pages of one session.</summary>
    public int CircuitsPerSession { get; init; } = 20;

    /// <summary>How many pages whose connection was lost are kept for it to come back.</summary>
    public int CircuitsKept { get; init; } = 100;
}
