namespace OrleansBilling.Console;

/// <summary>What the pages are given by the process that serves them.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Where the API is. Asked when it is needed, because a process knows its own address only once it listens.</summary>
    public required Func<Uri> Api { get; init; }

    public ConsoleLimits Limits { get; init; } = new();
}
