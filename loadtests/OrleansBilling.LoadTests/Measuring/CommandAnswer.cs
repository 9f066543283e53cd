namespace OrleansBilling.LoadTests.Measuring;

/// <summary>How a command ended.</summary>
internal enum AnswerKind
{
    /// <summary>Acknowledged, so durable.</summary>
    Done,

    /// <summary>A billing rule forbids the command.</summary>
    Refused,

    /// <summary>The system was overloaded, had no database, or failed.</summary>
    Failed,
}

/// <summary>The answer to a command.</summary>
/// <param name="Kind">How the command ended.</param>
/// <param name="Version">The version of the subscription when the command was done.</param>
/// <param name="Code">The reason when it was not.</param>
internal readonly record struct CommandAnswer(AnswerKind Kind, long Version, string? Code)
{
    /// <summary>Maps an HTTP status to a kind of answer.</summary>
    public static AnswerKind KindOf(int status) => status switch
    {
        >= 200 and < 300 => AnswerKind.Done,
        429 or >= 500 => AnswerKind.Failed,
        >= 400 => AnswerKind.Refused,
        _ => throw new LoadTestException($"Unexpected status {status}."),
    };
}
