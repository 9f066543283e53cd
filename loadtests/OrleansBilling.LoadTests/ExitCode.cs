namespace OrleansBilling.LoadTests;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A check failed, or a run could not finish.</summary>
    public const int Failed = 1;

    public const int BadArguments = 2;

    public const int Interrupted = 130;
}

/// <summary>The arguments are invalid; the message says why.</summary>
internal sealed class BadArgumentException(string message) : Exception(message);

/// <summary>The run cannot continue; the message says why.</summary>
internal sealed class LoadTestException(string message, Exception? inner = null) : Exception(message, inner);
