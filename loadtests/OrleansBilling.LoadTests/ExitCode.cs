namespace OrleansBilling.LoadTests;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A figure differs from what it must be, or a run could not be finished.</summary>
    public const int Failed = 1;

    public const int BadArguments = 2;

    public const int Interrupted = 130;
}

/// <summary>What was asked cannot be done; the message says why.</summary>
internal sealed class BadArgumentException(string message) : Exception(message);

/// <summary>The run could not go on; the message says why.</summary>
internal sealed class LoadTestException(string message, Exception? inner = null) : Exception(message, inner);
